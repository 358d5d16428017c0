package dev.semel.internal.outbox;

import dev.semel.outbox.DeliveryPolicy;
import dev.semel.outbox.UndeliverableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;

/** Writes what came of a turn, in the turn's transaction: what was delivered goes, the rest is a delivery of its own. */
final class Acknowledgement {
    private static final String EXHAUSTED = "MAX_ATTEMPTS";
    private static final int LONGEST_REASON = 200;

    private final RelayConfig config;
    private final EventRows rows;

    Acknowledgement(RelayConfig config, EventRows rows) {
        this.config = config;
        this.rows = rows;
    }

    /** Returns whether deliveries that waited may be tried now. */
    boolean write(
            List<EventRows.Row> fresh, Map<Delivery, Attempt> attempts, BiPredicate<Delivery, Attempt.Failed> isLast)
            throws SQLException {
        Map<String, List<Long>> delivered = new LinkedHashMap<>();
        Set<Delivery.Line> moved = new LinkedHashSet<>();
        Set<Delivery.Line> stopped = new LinkedHashSet<>();
        for (Map.Entry<Delivery, Attempt> one : attempts.entrySet()) {
            Delivery delivery = one.getKey();
            if (one.getValue() instanceof Attempt.Delivered) {
                noteDelivered(delivery, delivered);
                moved.add(delivery.line());
            } else if (one.getValue() instanceof Attempt.Failed failed) {
                boolean goesOn = writeFailure(delivery, failed, isLast.test(delivery, failed));
                (goesOn ? moved : stopped).add(delivery.line());
            } else {
                letWait(delivery);
            }
        }
        for (Map.Entry<String, List<Long>> sink : delivered.entrySet()) {
            requireAll(
                    rows.delete(sink.getKey(), sink.getValue()), sink.getValue().size());
        }
        List<Long> freshIds = fresh.stream().map(EventRows.Row::id).toList();
        requireAll(rows.delete("", freshIds), freshIds.size());
        moved.removeAll(stopped);
        return wake(moved);
    }

    private boolean wake(Set<Delivery.Line> lines) throws SQLException {
        int woken = 0;
        for (Delivery.Line line : lines) {
            woken += rows.wake(line);
        }
        return woken > 0;
    }

    private static void noteDelivered(Delivery delivery, Map<String, List<Long>> delivered) {
        if (!delivery.fresh()) {
            delivered
                    .computeIfAbsent(delivery.subscription().sinkName(), name -> new ArrayList<>())
                    .add(delivery.rowId());
        }
    }

    private void split(Delivery delivery) throws SQLException {
        if (delivery.fresh()) {
            rows.split(delivery);
        }
    }

    private void letWait(Delivery delivery) throws SQLException {
        split(delivery);
        requireAll(rows.letWait(delivery), 1);
    }

    private boolean writeFailure(Delivery delivery, Attempt.Failed failed, boolean isLast) throws SQLException {
        split(delivery);
        DeliveryPolicy policy = config.policy(delivery.event());
        if (!isLast) {
            requireAll(rows.postpone(delivery, failed.error(), pauseMillis(policy, delivery.attempts())), 1);
            return false;
        }
        boolean haltsKey = policy.onPark() == DeliveryPolicy.OnPark.HALT_KEY;
        requireAll(rows.park(delivery, failed.error(), reason(failed), haltsKey), 1);
        return !haltsKey;
    }

    static String reason(Attempt.Failed failed) {
        if (failed.failure() instanceof UndeliverableException undeliverable) {
            String reason = String.valueOf(undeliverable.getMessage());
            return reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
        }
        return EXHAUSTED;
    }

    /** Between half of the doubled pause and all of it, so that failures of one moment do not come back in one moment. */
    private static long pauseMillis(DeliveryPolicy policy, int attempts) {
        Duration doubled = policy.firstPause().multipliedBy(1L << Math.min(attempts, 20));
        long longest = Math.min(doubled.toMillis(), policy.longestPause().toMillis());
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }

    /** Somebody else, an operator or the lane's next holder, has dealt with one of them: all is left as it was. */
    private static void requireAll(int changed, int expected) throws SQLException {
        if (changed != expected) {
            throw new SQLException("deliveries were dealt with elsewhere", "40001");
        }
    }
}
