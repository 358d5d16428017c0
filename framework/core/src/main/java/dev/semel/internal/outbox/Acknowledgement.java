package dev.semel.internal.outbox;

import dev.semel.internal.AuditRow;
import dev.semel.outbox.DeliveryPolicy;
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
        forEachSink(attempts, (one, attempt) -> one.fresh() && !(attempt instanceof Attempt.Delivered), rows::split);
        forEachSink(attempts, (one, attempt) -> !one.fresh() && attempt instanceof Attempt.MustWait, rows::letWait);
        forEachSink(attempts, (one, attempt) -> !one.fresh() && attempt instanceof Attempt.Delivered, rows::delete);
        Set<Delivery.Line> moved = writeOthers(attempts, isLast);
        List<Long> freshIds = fresh.stream().map(EventRows.Row::id).toList();
        requireAll(rows.delete("", freshIds), freshIds.size());
        return rows.wake(moved) > 0;
    }

    /**
     * Writes what is no matter of whole sinks; returns the lines whose later deliveries may go on. None waits behind a fresh event:
     * it is only tried where nothing of its line is left.
     */
    private Set<Delivery.Line> writeOthers(
            Map<Delivery, Attempt> attempts, BiPredicate<Delivery, Attempt.Failed> isLast) throws SQLException {
        Set<String> failing = failingSinks(attempts);
        Set<Delivery.Line> moved = new LinkedHashSet<>();
        Set<Delivery.Line> stopped = new LinkedHashSet<>();
        List<EventRows.Postponed> postponed = new ArrayList<>();
        List<EventRows.Postponed> untried = new ArrayList<>();
        for (Map.Entry<Delivery, Attempt> one : attempts.entrySet()) {
            Delivery delivery = one.getKey();
            Delivery.Line line = delivery.line();
            if (one.getValue() instanceof Attempt.Failed failed && isLast.test(delivery, failed)) {
                (park(delivery, failed) ? moved : stopped).add(line);
            } else if (one.getValue() instanceof Attempt.Failed failed) {
                postponed.add(later(delivery, failed.error(), true));
                stopped.add(line);
            } else if (one.getValue() instanceof Attempt.NotTried) {
                untried.add(later(delivery, "", failing.contains(line.sinkName())));
                stopped.add(line);
            } else if (one.getValue() instanceof Attempt.Delivered && !delivery.fresh()) {
                moved.add(line);
            }
        }
        requireAll(rows.postpone(postponed), postponed.size());
        requireAll(rows.tryLater(untried), untried.size());
        moved.removeAll(stopped);
        return moved;
    }

    private EventRows.Postponed later(Delivery delivery, String error, boolean pauses) {
        long pause = pauses ? pauseMillis(config.policy(delivery.event()), delivery.attempts()) : 0;
        return new EventRows.Postponed(delivery, error, pause);
    }

    private static void forEachSink(
            Map<Delivery, Attempt> attempts, BiPredicate<Delivery, Attempt> wanted, Statement statement)
            throws SQLException {
        Map<String, List<Long>> bySink = new LinkedHashMap<>();
        attempts.forEach((delivery, attempt) -> {
            if (wanted.test(delivery, attempt)) {
                bySink.computeIfAbsent(delivery.subscription().sinkName(), name -> new ArrayList<>())
                        .add(delivery.rowId());
            }
        });
        for (Map.Entry<String, List<Long>> sink : bySink.entrySet()) {
            requireAll(
                    statement.run(sink.getKey(), sink.getValue()),
                    sink.getValue().size());
        }
    }

    /** One statement for many rows of a sink. */
    @FunctionalInterface
    private interface Statement {
        int run(String sinkName, List<Long> ids) throws SQLException;
    }

    /** Sinks that took nothing in this turn: there is no hurry to try them again. */
    private static Set<String> failingSinks(Map<Delivery, Attempt> attempts) {
        Set<String> failing = new LinkedHashSet<>();
        Set<String> working = new LinkedHashSet<>();
        attempts.forEach((delivery, attempt) -> {
            String sinkName = delivery.subscription().sinkName();
            if (attempt instanceof Attempt.Failed) {
                failing.add(sinkName);
            } else if (attempt instanceof Attempt.Delivered) {
                working.add(sinkName);
            }
        });
        failing.removeAll(working);
        return failing;
    }

    /** Returns whether the later deliveries of its line go on. */
    private boolean park(Delivery delivery, Attempt.Failed failed) throws SQLException {
        boolean haltsKey = config.policy(delivery.event()).onPark() == DeliveryPolicy.OnPark.HALT_KEY;
        requireAll(rows.park(delivery, failed.error(), failed.reason(), haltsKey), 1);
        rows.audit(AuditRow.parked(delivery.event(), failed.error()));
        return !haltsKey;
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
