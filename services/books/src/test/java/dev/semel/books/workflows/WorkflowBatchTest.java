package dev.semel.books.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.spring.web.PageRequest;
import dev.semel.testkit.TestRelay;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Many events of one tenant come at once. */
@ExtendWith(BooksExtension.class)
@Timeout(60)
class WorkflowBatchTest {
    private static final int PAYMENTS = 20;

    private final TestBooks books;
    private final HikariDataSource source;
    private final Caller caller = TestBooks.newCaller();
    private final List<UUID> paid = new CopyOnWriteArrayList<>();
    private final TenantTransactions transactions;

    WorkflowBatchTest(TestBooks books) {
        this.books = books;
        this.source = books.database().pool(5);
        this.transactions = new TenantTransactions(
                new SpringTransactions(new JdbcTransactionManager(source), source), caller.tenant());
    }

    @AfterEach
    void close() {
        source.close();
    }

    private TestRelay relay(WorkflowStep.Action receipt) {
        return relay(receipt, Duration.ofSeconds(20));
    }

    private TestRelay relay(WorkflowStep.Action receipt, Duration patience) {
        JdbcClient jdbc = JdbcClient.create(source);
        RunStore store = new RunStore(transactions, new RunTable(jdbc), new StepTable(jdbc));
        Workflow workflow = Workflow.of(
                "payment-received",
                new WorkflowStep(
                        "receipt", step -> step.tenant().equals(caller.tenant()) ? receipt.run(step) : Map.of()));
        WorkflowSink sink =
                new WorkflowSink(new Workflows(List.of(workflow)), store, JacksonCodec.ofDefaults(), patience);
        return TestRelay.of(books.database(), sink.subscription());
    }

    private void payments() {
        try (TestRelay others = relay(step -> Map.of())) {
            others.drain(); // what other tests have left would come along
        }
        for (int i = 0; i < PAYMENTS; i++) {
            UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
            paid.add(books.pay(caller, TestBooks.newKey(), invoice, "40", "EUR").resultId());
        }
    }

    private List<WorkflowRun> runs(RunState state) {
        RunTable runs = new RunTable(books.jdbc());
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> runs.page(caller.tenant(), null, state, new PageRequest(50, null))
                                .items());
    }

    private boolean isFirst(StepContext step) {
        return step.input().contains(paid.get(0).toString());
    }

    @Test
    void runsOfABatchTakeTwoTransactionsTogether() {
        payments();
        List<String> done = new CopyOnWriteArrayList<>();
        try (TestRelay relay = relay(step -> done.add(step.key()))) {
            relay.drain();
        }
        assertThat(done).hasSize(PAYMENTS).doesNotHaveDuplicates();
        assertThat(runs(RunState.COMPLETED)).hasSize(PAYMENTS).allSatisfy(run -> {
            assertThat(run.attempts()).isEqualTo(1);
            assertThat(run.finishedSteps()).isEqualTo(1);
        });
        assertThat(transactions.count()).isEqualTo(2);
    }

    /** A slow outlet must not be waited for once per run. */
    @Test
    void runsOfABatchGoSideBySide() {
        payments();
        CountDownLatch atOnce = new CountDownLatch(4);
        try (TestRelay relay = relay(step -> {
            atOnce.countDown();
            return atOnce.await(10, TimeUnit.SECONDS);
        })) {
            relay.drain();
        }
        assertThat(atOnce.getCount()).isZero();
        assertThat(runs(RunState.COMPLETED)).hasSize(PAYMENTS);
    }

    @Test
    void runThatFailsIsTriedAgainAndNoOtherWithIt() {
        payments();
        List<String> done = new CopyOnWriteArrayList<>();
        boolean[] fails = {true};
        try (TestRelay relay = relay(step -> {
            done.add(step.key());
            if (fails[0] && isFirst(step)) {
                throw new WorkflowException("NO_MAIL_TODAY");
            }
            return Map.of();
        })) {
            relay.drain();
            assertThat(runs(RunState.COMPLETED)).hasSize(PAYMENTS - 1);
            assertThat(runs(RunState.PENDING)).singleElement().satisfies(run -> {
                assertThat(run.attempts()).isEqualTo(1);
                assertThat(run.lastError()).isEqualTo("NO_MAIL_TODAY");
            });
            fails[0] = false;
            books.database().passTime(Duration.ofMinutes(10));
            relay.drain();
        }
        assertThat(runs(RunState.COMPLETED)).hasSize(PAYMENTS);
        assertThat(done).hasSize(PAYMENTS + 1);
    }

    @Test
    void resultThatCannotBeKeptHasNoOtherFail() throws SQLException {
        payments();
        books.asSuperuser("ALTER TABLE semel_books.workflow_steps ADD CONSTRAINT refused CHECK (tenant_id <> '"
                + caller.tenant() + "' OR result <> '\"refused\"')");
        List<String> done = new CopyOnWriteArrayList<>();
        try (TestRelay relay = relay(step -> {
            done.add(step.key());
            return isFirst(step) ? "refused" : "kept";
        })) {
            relay.drain();
        } finally {
            books.asSuperuser("ALTER TABLE semel_books.workflow_steps DROP CONSTRAINT refused");
        }
        assertThat(done).hasSize(PAYMENTS).doesNotHaveDuplicates();
        assertThat(runs(RunState.COMPLETED)).hasSize(PAYMENTS - 1);
        assertThat(runs(RunState.PENDING))
                .singleElement()
                .satisfies(run -> assertThat(run.lastError()).isEqualTo("STEP_FAILED"));
    }

    @Test
    void runThatWasTakenOverIsNotCompleted() {
        payments();
        try (TestRelay relay = relay(step -> {
            if (isFirst(step)) {
                books.asSuperuser("UPDATE semel_books.workflow_runs SET attempts = attempts + 1 WHERE tenant_id = '"
                        + step.tenant() + "' AND id = '" + step.runId() + "'");
            }
            return Map.of();
        })) {
            relay.drain();
        }
        assertThat(runs(RunState.COMPLETED)).hasSize(PAYMENTS - 1);
        assertThat(runs(RunState.RUNNING))
                .singleElement()
                .satisfies(run -> assertThat(run.lastError()).isNull());
    }

    @Test
    void stepThatHangsIsGivenUpAndTheOthersAreKept() {
        payments();
        CountDownLatch never = new CountDownLatch(1);
        try (TestRelay relay = relay(step -> !isFirst(step) || never.await(1, TimeUnit.HOURS), Duration.ofSeconds(3))) {
            relay.drain();
        }
        assertThat(runs(RunState.PENDING))
                .filteredOn(run -> run.attempts() > 0)
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.attempts()).isEqualTo(1);
                    assertThat(run.lastError()).isEqualTo("STEP_TIMEOUT");
                });
        // Those of its ordering key, and of its thread, wait for it and come again.
        assertThat(runs(RunState.COMPLETED)).hasSizeBetween(PAYMENTS / 2, PAYMENTS - 1);
    }

    /** The pool is exhausted, the database fails over: nothing is done again that was done. */
    @Test
    void resultsAreKeptAlthoughTheirTransactionFailsOnce() {
        payments();
        List<String> done = new CopyOnWriteArrayList<>();
        try (TestRelay relay = relay(step -> {
            transactions.failOnce();
            return done.add(step.key());
        })) {
            relay.drain();
        }
        assertThat(transactions.haveFailed()).isTrue();
        assertThat(done).hasSize(PAYMENTS).doesNotHaveDuplicates();
        assertThat(runs(RunState.COMPLETED))
                .hasSize(PAYMENTS)
                .allSatisfy(run -> assertThat(run.attempts()).isEqualTo(1));
    }

    @Test
    void attemptThatWasNotBegunDoesNotCount() {
        payments();
        AtomicInteger begun = new AtomicInteger();
        try (TestRelay relay = relay(step -> {
            if (begun.incrementAndGet() <= 8) {
                Thread.sleep(2_200);
            }
            return Map.of();
        })) {
            relay.drain();
        }
        assertThat(begun).hasValue(PAYMENTS);
        assertThat(runs(RunState.COMPLETED))
                .hasSize(PAYMENTS)
                .allSatisfy(run -> assertThat(run.attempts()).isEqualTo(1));
    }

    @Test
    void slowStepDoesNotKeepTheOthersFromBeingKept() {
        payments();
        List<Integer> kept = new CopyOnWriteArrayList<>();
        try (TestRelay relay = relay(step -> {
            if (isFirst(step)) {
                kept.add(completedWithin(Duration.ofSeconds(15)));
            }
            return Map.of();
        })) {
            relay.drain();
        }
        assertThat(kept).singleElement().satisfies(number -> assertThat(number).isGreaterThanOrEqualTo(PAYMENTS / 2));
        assertThat(runs(RunState.COMPLETED)).hasSize(PAYMENTS);
    }

    private int completedWithin(Duration time) throws InterruptedException {
        long start = System.nanoTime();
        int completed = 0;
        while (completed == 0 && System.nanoTime() - start < time.toNanos()) {
            Thread.sleep(20);
            completed = runs(RunState.COMPLETED).size();
        }
        return completed;
    }

    /** The events come again, as after a crash of the node. */
    @Test
    void runsThatAreOverAreNotDoneAgain() throws SQLException {
        payments();
        List<String> done = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 2; i++) {
            books.asSuperuser("CREATE TABLE IF NOT EXISTS public.kept_events AS SELECT * FROM semel.outbox_events"
                    + " WHERE tenant_id = '" + caller.tenant() + "'");
            try (TestRelay relay = relay(step -> done.add(step.key()))) {
                relay.drain();
            }
            books.asSuperuser(
                    "INSERT INTO semel.outbox_events OVERRIDING SYSTEM VALUE SELECT * FROM public.kept_events");
        }
        try (TestRelay relay = relay(step -> done.add(step.key()))) {
            relay.drain();
        } finally {
            books.asSuperuser("DROP TABLE public.kept_events");
        }
        assertThat(done).hasSize(PAYMENTS).doesNotHaveDuplicates();
        assertThat(runs(RunState.COMPLETED))
                .hasSize(PAYMENTS)
                .allSatisfy(run -> assertThat(run.attempts()).isEqualTo(1));
    }
}
