package dev.semel.testkit;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.KeyExpiredException;
import dev.semel.KeyReusedException;
import dev.semel.Operation;
import dev.semel.Risk;
import dev.semel.Semel;
import dev.semel.outbox.OutboxEvent;
import dev.semel.testkit.internal.Ending;
import dev.semel.testkit.internal.Footprint;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The contract of an operation, as assertions: it executes, and then
 *
 * <ul>
 *   <li>a retry is answered with the same bytes and writes nothing;
 *   <li>something else under the key is refused and writes nothing;
 *   <li>another tenant's call under the same key is a call of its own;
 *   <li>a storm of duplicates has one effect and one answer;
 *   <li>a call whose last statements fail leaves nothing, and its retry executes;
 *   <li>each execution leaves an audit row for each key, and events of each type that it declares and of no other;
 *   <li>after its retention a {@link Risk#FINANCIAL} operation is answered again and never executed again; any other, if it is
 *       refused, writes nothing.
 * </ul>
 *
 * <p>It counts the rows of every table that has a column {@code tenant_id}; what an UPDATE changes is seen only if it is asked
 * for. Moves the database's {@linkplain TestDatabase#passTime time}.
 */
public final class ExactlyOnce {
    private static final int CONNECTIONS = 8;
    private static final int DUPLICATES = 100;

    private final TestDatabase database;
    private final int duplicates;

    private ExactlyOnce(TestDatabase database, int duplicates) {
        this.database = database;
        this.duplicates = duplicates;
    }

    /** On this database, with storms of 100 duplicates. */
    public static ExactlyOnce on(TestDatabase database) {
        return new ExactlyOnce(database, DUPLICATES);
    }

    /** With storms of that many duplicates, each in a thread of its own. */
    public ExactlyOnce duplicates(int number) {
        return new ExactlyOnce(database, number);
    }

    /**
     * Asserts the whole contract.
     *
     * @throws AssertionError naming the promise that was broken
     */
    public <I> void assertExactlyOnce(OperationUnderTest<I> tested) {
        FailingEnd failingEnd = new FailingEnd();
        try (HikariDataSource pool = database.pool(CONNECTIONS)) {
            Semel semel = tested.on(InterceptedDataSource.of(pool, failingEnd));
            new Contract<>(tested, semel, failingEnd).check();
        }
    }

    /** Fails the statements that end a write, as a full disk would. */
    private static final class FailingEnd implements StatementHook {
        private volatile boolean on;

        @Override
        public void before(String sql) throws SQLException {
            if (on && sql.contains("INSERT INTO semel.idempotency_keys")) {
                throw new SQLException("ERROR: could not extend file: No space left on device", "53100");
            }
        }
    }

    private final class Contract<I> {
        private final OperationUnderTest<I> tested;
        private final Semel semel;
        private final FailingEnd failingEnd;
        private final Caller caller = newCaller();
        private final Key key = newKey();
        private final I input;
        private final Footprint before;
        private final Ending.Answered first;
        private final Footprint written;

        Contract(OperationUnderTest<I> tested, Semel semel, FailingEnd failingEnd) {
            this.tested = tested;
            this.semel = semel;
            this.failingEnd = failingEnd;
            this.input = tested.input(caller);
            this.before = footprint(caller);
            this.first = answered(ask(caller, key, input), "the first call is not answered");
            this.written = footprint(caller).since(before);
        }

        void check() {
            demand(!first.replayed(), "the first call is executed");
            demand(written.isOfWrites(), "an execution leaves a key and an audit row, but left " + written);
            emitsWhatItDeclares();
            retryIsAnsweredWithTheSameBytes();
            somethingElseUnderTheKeyIsRefused();
            anotherTenantsCallIsItsOwn();
            stormOfDuplicatesHasOneEffect();
            callThatFailsAtItsEndLeavesNothing();
            keyExpires();
        }

        private void emitsWhatItDeclares() {
            Operation<?, ?> operation = tested.operation();
            TreeSet<String> expected = new TreeSet<>(operation.events());
            if (operation.workflow() != null) {
                expected.add(OutboxEvent.WORKFLOW_PREFIX + operation.workflow());
            }
            List<String> emitted = database.eventTypes(caller.tenant(), operation.name());
            if (expected.isEmpty()) {
                expected.add(OutboxEvent.EXECUTED);
            }
            demand(
                    emitted.containsAll(expected) && expected.containsAll(emitted),
                    "the declared events " + expected + " are emitted, but there are " + emitted);
        }

        private void retryIsAnsweredWithTheSameBytes() {
            Ending.Answered retry = answered(ask(caller, key, input), "a retry is not answered");
            demand(retry.replayed(), "a retry is a replay");
            demand(retry.answer().equals(first.answer()), "a retry is answered with the same bytes");
            demandNothingMore("a retry");
        }

        private void somethingElseUnderTheKeyIsRefused() {
            Ending other = ask(caller, key, tested.otherInput(input));
            demand(
                    other instanceof Ending.Failed failed && failed.failure() instanceof KeyReusedException,
                    "something else under the key is refused, but ended as " + other);
            demandNothingMore("something else under the key");
        }

        private void anotherTenantsCallIsItsOwn() {
            Caller other = newCaller();
            Ending ending = executeAnew(other, key, "another tenant's call under the same key");
            demand(
                    !answered(ending, "").answer().equals(first.answer()),
                    "another tenant's call has an answer of its own");
            demandNothingMore("another tenant's call");
        }

        private Ending executeAnew(Caller other, Key otherKey, String what) {
            I otherInput = tested.input(other);
            Footprint start = footprint(other);
            Ending ending = ask(other, otherKey, otherInput);
            demand(!answered(ending, what + " is not answered").replayed(), what + " is executed");
            demandWritten(start, other, what);
            return ending;
        }

        private void stormOfDuplicatesHasOneEffect() {
            Caller other = newCaller();
            Key stormed = newKey();
            I asked = tested.input(other);
            Footprint start = footprint(other);
            List<Ending> endings = together(() -> ask(other, stormed, asked));
            demandWritten(start, other, "a storm of " + duplicates + " duplicates");
            List<Ending.Answered> answers = endings.stream()
                    .map(ending -> answered(ending, "a duplicate is not answered"))
                    .toList();
            demand(
                    answers.stream().filter(answer -> !answer.replayed()).count() == 1,
                    "one of the duplicates executes");
            demand(answers.stream().map(Ending.Answered::answer).distinct().count() == 1, "all get the same answer");
        }

        private void callThatFailsAtItsEndLeavesNothing() {
            Caller other = newCaller();
            Key failing = newKey();
            I asked = tested.input(other);
            Footprint start = footprint(other);
            failingEnd.on = true;
            Ending ending = ask(other, failing, asked);
            failingEnd.on = false;
            Footprint left = footprint(other).since(start);
            demand(ending instanceof Ending.Failed, "a call whose last statements fail fails, but was answered");
            demand(left.isEmpty(), "a call that fails leaves nothing, but left " + left);
            demand(
                    !answered(ask(other, failing, asked), "the retry of a failed call is not answered")
                            .replayed(),
                    "the retry of a failed call is executed");
            demandWritten(start, other, "the retry of a failed call");
        }

        private void keyExpires() {
            database.passTime(tested.operation().retention().plus(Duration.ofHours(1)));
            Footprint start = footprint(caller);
            Ending late = ask(caller, key, input);
            if (tested.operation().risk() == Risk.FINANCIAL) {
                demand(answered(late, "a late retry is not answered").replayed(), "a late retry is a replay");
                demandNothingMore("a late retry");
            } else if (late.answered().isEmpty()) {
                demand(
                        late instanceof Ending.Failed failed && failed.failure() instanceof KeyExpiredException,
                        "a late retry is executed or refused as expired, but ended as " + late);
                Footprint more = footprint(caller).since(start);
                demand(more.isEmpty(), "a refused late retry writes nothing, but wrote " + more);
            }
        }

        private Ending ask(Caller asker, Key under, I asked) {
            return Ending.of(() -> tested.ask(semel, asker, under, asked));
        }

        private void demandNothingMore(String what) {
            demandWritten(before, caller, what);
        }

        private void demandWritten(Footprint start, Caller writer, String what) {
            Footprint now = footprint(writer).since(start);
            demand(now.equals(written), what + " leaves " + written + ", but left " + now);
        }

        private Footprint footprint(Caller writer) {
            return database.footprint(writer.tenant(), tested.numbers());
        }

        private Ending.Answered answered(Ending ending, String otherwise) {
            if (ending instanceof Ending.Failed failed) {
                throw new AssertionError(tested.operation().name() + ": " + otherwise, failed.failure());
            }
            return (Ending.Answered) ending;
        }

        private void demand(boolean kept, String promise) {
            if (!kept) {
                throw new AssertionError(tested.operation().name() + ": " + promise);
            }
        }
    }

    private static Caller newCaller() {
        return new Caller("once-" + UUID.randomUUID(), "tester", "exactly-once");
    }

    private static Key newKey() {
        return Key.of("once-" + UUID.randomUUID());
    }

    private <T> List<T> together(Callable<T> call) {
        ExecutorService threads = Executors.newFixedThreadPool(duplicates);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(Collections.nCopies(duplicates, call))) {
                results.add(result.get());
            }
            return results;
        } catch (Exception e) {
            throw new AssertionError("a duplicate came to no end", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
