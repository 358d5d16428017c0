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

    void write(List<EventRows.Row> fresh, Map<Delivery, Attempt> attempts, BiPredicate<Delivery, Attempt.Failed> isLast)
            throws SQLException {
        Map<String, List<Long>> delivered = new LinkedHashMap<>();
        Set<Delivery.Line> moved = new LinkedHashSet<>();
        Set<Delivery.Line> stopped = new LinkedHashSet<>();
        for (Map.Entry<Delivery, Attempt> one : attempts.entrySet()) {
            Delivery delivery = one.getKey();
            boolean goesOn = write(delivery, one.getValue(), isLast, delivered);
            (goesOn ? moved : stopped).add(delivery.line());
        }
        for (Map.Entry<String, List<Long>> sink : delivered.entrySet()) {
            requireAll(
                    rows.delete(sink.getKey(), sink.getValue()), sink.getValue().size());
        }
        List<Long> freshIds = fresh.stream().map(EventRows.Row::id).toList();
        requireAll(rows.delete("", freshIds), freshIds.size());
        moved.removeAll(stopped);
        for (Delivery.Line line : moved) {
            rows.wake(line);
        }
    }

    /** Returns whether the later ones of its line may go on. */
    private boolean write(
            Delivery delivery,
            Attempt attempt,
            BiPredicate<Delivery, Attempt.Failed> isLast,
            Map<String, List<Long>> delivered)
            throws SQLException {
        if (attempt instanceof Attempt.Delivered) {
            if (!delivery.fresh()) {
                delivered
                        .computeIfAbsent(delivery.subscription().sinkName(), name -> new ArrayList<>())
                        .add(delivery.rowId());
            }
            return true;
        }
        if (delivery.fresh()) {
            rows.split(delivery);
        }
        return attempt instanceof Attempt.Failed failed
                ? writeFailure(delivery, failed, isLast.test(delivery, failed))
                : letWait(delivery);
    }

    private boolean letWait(Delivery delivery) throws SQLException {
        requireAll(rows.letWait(delivery), 1);
        return false;
    }

    private boolean writeFailure(Delivery delivery, Attempt.Failed failed, boolean isLast) throws SQLException {
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
