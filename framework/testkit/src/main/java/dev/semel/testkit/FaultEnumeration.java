package dev.semel.testkit;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Semel;
import dev.semel.testkit.internal.Change;
import dev.semel.testkit.internal.Ending;
import dev.semel.testkit.internal.Fault;
import dev.semel.testkit.internal.FaultyCalls;
import dev.semel.testkit.internal.Footprint;
import dev.semel.testkit.internal.Footprints;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Lets every JDBC call of an operation go wrong, one after the other: taking the connection, each statement, COMMIT, closing. A
 * call fails before it takes effect, which leaves its transaction aborted, or after; the same with a connection that breaks at the
 * rollback, commit or close that follows; or the connection breaks before or after; or from there on everything fails. Each time an operation is asked for under a new key; then
 *
 * <ul>
 *   <li>the tenant's rows must have changed as in an undisturbed execution, or, if the call failed, not at all;
 *   <li>asking again without the fault must lead to exactly one execution: the same rows, events and audit row as undisturbed;
 *   <li>every answer under the key must be the same, and the last one a replay.
 * </ul>
 *
 * <p>Knows nothing of the application: it compares the rows of each table that has a column {@code tenant_id}, as {@link
 * ExactlyOnce} does. Each time is a tenant's first, and all that the tenant has is removed afterwards; so nothing but the kit may look for
 * it.
 */
public final class FaultEnumeration {
    private static final int CONNECTIONS = 4;
    private static final int MOST_TRIES = 10;

    /**
     * What came of it.
     *
     * @param operation its name
     * @param calls JDBC calls of an undisturbed execution
     * @param points faults that were tried
     * @param violations one line for each promise that was broken
     */
    public record Report(String operation, int calls, int points, List<String> violations) {
        /** Copies the violations. */
        public Report {
            violations = List.copyOf(violations);
        }

        @Override
        public String toString() {
            return "Fault enumeration of " + operation + ": " + calls + " JDBC calls, " + points + " points tried, "
                    + violations.size() + " violations";
        }
    }

    private final TestDatabase database;
    private final OperationUnderTest<?> tested;
    private final Footprints footprints;
    private final FaultyCalls faults = new FaultyCalls();
    private final List<String> violations = new ArrayList<>();

    private FaultEnumeration(TestDatabase database, OperationUnderTest<?> tested, Footprints footprints) {
        this.database = database;
        this.tested = tested;
        this.footprints = footprints;
    }

    /**
     * Tries everything and prints how many points that were. Takes some milliseconds for each.
     *
     * @return a report without violations
     * @throws AssertionError listing all violations
     */
    public static Report run(TestDatabase database, OperationUnderTest<?> tested) {
        Report report = report(database, tested);
        System.out.println(report);
        if (!report.violations().isEmpty()) {
            throw new AssertionError(report + ":\n" + String.join("\n", report.violations()));
        }
        return report;
    }

    private static Report report(TestDatabase database, OperationUnderTest<?> tested) {
        try (Footprints footprints = database.footprints(tested.varying())) {
            return new FaultEnumeration(database, tested, footprints).run();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Report run() {
        try (HikariDataSource pool = database.pool(CONNECTIONS)) {
            return run(tested.on(InterceptedDataSource.of(pool, faults)), tested);
        }
    }

    private <I> Report run(Semel semel, OperationUnderTest<I> operation) {
        undisturbed(semel, operation); // connections are opened and statements prepared before it counts
        Change expected = undisturbed(semel, operation);
        int calls = faults.count();
        for (Fault fault : Fault.values()) {
            for (int k = 1; k <= calls; k++) {
                tryOut(semel, operation, fault, k, expected);
            }
        }
        return new Report(operation.operation().name(), calls, calls * Fault.values().length, violations);
    }

    /** What an application does behind the scenes may have been the k-th call: then the fault has hit nothing yet. */
    private <I> void tryOut(Semel semel, OperationUnderTest<I> operation, Fault fault, int k, Change expected) {
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            if (new Point<>(semel, operation, fault, k).tryOut(expected)) {
                return;
            }
        }
        violations.add(fault + " at call " + k + ": was never reached");
    }

    private <I> Change undisturbed(Semel semel, OperationUnderTest<I> operation) {
        Caller caller = newCaller();
        Key key = newKey();
        I input = operation.input(caller);
        Footprint before = footprint(caller);
        faults.arm(null, 0);
        Ending ending = Ending.of(() -> operation.ask(semel, caller, key, input));
        Change grown = footprint(caller).since(before);
        if (ending instanceof Ending.Failed failed) {
            throw new IllegalStateException("fails undisturbed, too", failed.failure());
        }
        if (!grown.isOfWrites()) {
            throw new AssertionError("an undisturbed execution leaves no key with its audit row, but " + grown);
        }
        return grown;
    }

    private Footprint footprint(Caller caller) {
        return footprints.of(caller.tenant());
    }

    private static Caller newCaller() {
        return new Caller("faults-" + UUID.randomUUID(), "tester", "faults");
    }

    private static Key newKey() {
        return Key.of("faults-" + UUID.randomUUID());
    }

    /** One fault at one call. */
    private final class Point<I> {
        private final Semel semel;
        private final OperationUnderTest<I> operation;
        private final Fault fault;
        private final int k;
        private final Caller caller = newCaller();
        private final Key key = newKey();
        private final I input;

        Point(Semel semel, OperationUnderTest<I> operation, Fault fault, int k) {
            this.semel = semel;
            this.operation = operation;
            this.fault = fault;
            this.k = k;
            this.input = operation.input(caller);
        }

        /** Whether the fault has hit a call. */
        boolean tryOut(Change expected) {
            Footprint before = footprint(caller);
            faults.arm(fault, k);
            Ending disturbed = ask();
            boolean reached = !faults.fired().isEmpty();
            faults.disarm();
            Change left = footprint(caller).since(before);
            Ending retry = ask();
            Ending replay = ask();
            Change atLast = footprint(caller).since(before);

            boolean mayBeNothing = disturbed.answered().isEmpty();
            demand(left.equals(expected) || (mayBeNothing && left.isEmpty()), "left " + left + describe(disturbed));
            demand(atLast.equals(expected), "after a retry left " + atLast + " instead of " + expected);
            demandAnswers(disturbed, retry, replay, left.isEmpty());
            footprints.remove(caller.tenant());
            return reached;
        }

        private Ending ask() {
            return Ending.of(() -> operation.ask(semel, caller, key, input));
        }

        private void demandAnswers(Ending disturbed, Ending retry, Ending replay, boolean leftNothing) {
            if (!(retry instanceof Ending.Answered answer) || !(replay instanceof Ending.Answered again)) {
                demand(false, "cannot be retried" + describe(retry) + describe(replay));
                return;
            }
            demand(answer.replayed() != leftNothing, "was executed again, or answered without an execution");
            demand(again.replayed(), "was executed once more after its retry");
            demand(answer.answer().equals(again.answer()), "is answered differently by a replay");
            demand(
                    disturbed.answered().isEmpty()
                            || disturbed.answered().get().answer().equals(answer.answer()),
                    "is answered differently by a retry");
        }

        private void demand(boolean kept, String otherwise) {
            if (!kept) {
                violations.add(fault + " at call " + k + " (" + firstLine(faults.fired()) + "): " + otherwise);
            }
        }

        private static String firstLine(String text) {
            return text.lines().findFirst().orElse("none");
        }

        private static String describe(Ending ending) {
            return ending instanceof Ending.Failed failed ? ", failed with " + failed.failure() : "";
        }
    }
}
