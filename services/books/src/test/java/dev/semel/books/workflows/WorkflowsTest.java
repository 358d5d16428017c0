package dev.semel.books.workflows;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.books.payments.Payment;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What happens after a write. */
@ExtendWith(BooksExtension.class)
class WorkflowsTest {
    private final TestBooks books;
    private final HikariDataSource source;
    private final Caller caller = TestBooks.newCaller();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final TenantTransactions transactions;

    WorkflowsTest(TestBooks books) {
        this.books = books;
        this.source = books.database().pool(5);
        this.transactions = new TenantTransactions(
                new SpringTransactions(new JdbcTransactionManager(source), source), caller.tenant());
    }

    @AfterEach
    void close() {
        source.close();
    }

    private record Seen(UUID seen) {}

    /** Does its first step always, its second while it may. */
    private Workflow workflow(String name, Consumer<StepContext> second) {
        return Workflow.of(
                name,
                new WorkflowStep("first", step -> {
                    note("first", step);
                    return new Seen(step.runId());
                }),
                new WorkflowStep("second", step -> {
                    assertThat(step.result("first", Seen.class).seen()).isEqualTo(step.runId());
                    second.accept(step);
                    note("second", step);
                    return Map.of();
                }));
    }

    /** Other tests' events come along: each test looks at its own tenant. */
    private void note(String step, StepContext context) {
        if (context.tenant().equals(caller.tenant())) {
            done.add(step);
        }
    }

    private TestRelay relay(Workflow... workflows) {
        JdbcClient jdbc = JdbcClient.create(source);
        RunStore store = new RunStore(transactions, new RunTable(jdbc), new StepTable(jdbc));
        return TestRelay.of(
                books.database(),
                new WorkflowSink(new Workflows(List.of(workflows)), store, JacksonCodec.ofDefaults()).subscription());
    }

    private List<WorkflowRun> runs() {
        RunTable runs = new RunTable(books.jdbc());
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> runs.page(caller.tenant(), null, null, new PageRequest(50, null))
                                .items());
    }

    private UUID paid(Key key) {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        books.pay(caller, key, invoice, "40", "EUR");
        return invoice;
    }

    @Test
    void executedWriteStartsItsWorkflowOnceAndAReplayNever() {
        Key key = TestBooks.newKey();
        UUID invoice = paid(key);
        assertThat(books.pay(caller, key, invoice, "40", "EUR").replayed()).isTrue();
        try (TestRelay relay = relay(workflow(
                "payment-received",
                step -> assertThat(step.input(Payment.class).invoiceId()).isNotNull()))) {
            assertThat(runs()).as("before the relay has come").isEmpty();
            relay.drain();
            books.pay(caller, key, invoice, "40", "EUR");
            relay.drain();
        }
        assertThat(done).containsExactly("first", "second");
        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.name()).isEqualTo("payment-received");
            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(run.finishedSteps()).isEqualTo(2);
        });
    }

    /** A payment's receipt must not cost more commits than the payment. */
    @Test
    void runTakesOneTransactionMoreThanItHasSteps() {
        paid(TestBooks.newKey());
        try (TestRelay relay = relay(workflow("payment-received", step -> {}))) {
            relay.drain();
        }
        assertThat(done).containsExactly("first", "second");
        assertThat(transactions.count()).isEqualTo(3);
    }

    @Test
    void refusedWriteStartsNothing() {
        UUID draft = books.draft(caller, "EUR", "1").id();
        assertRefused(Reason.RULE, "INVOICE_NOT_FINAL", () -> books.pay(caller, TestBooks.newKey(), draft, "1", "EUR"));
        try (TestRelay relay = relay(workflow("payment-received", step -> {}))) {
            relay.drain();
        }
        assertThat(runs()).isEmpty();
    }

    @Test
    void stepThatFailsIsTriedAgainAndThoseBeforeItAreNot() {
        paid(TestBooks.newKey());
        boolean[] fails = {true};
        try (TestRelay relay = relay(workflow("payment-received", step -> failIf(fails[0])))) {
            relay.drain();
            assertThat(runs()).singleElement().satisfies(run -> {
                assertThat(run.state()).isEqualTo(RunState.PENDING);
                assertThat(run.lastError()).isEqualTo("STEP_FAILED");
                assertThat(run.finishedSteps()).isEqualTo(1);
            });
            fails[0] = false;
            books.database().passTime(Duration.ofMinutes(10));
            relay.drain();
        }
        assertThat(done).containsExactly("first", "second");
        assertThat(runs()).singleElement().extracting(WorkflowRun::attempts).isEqualTo(2);
        assertThat(runs()).singleElement().extracting(WorkflowRun::state).isEqualTo(RunState.COMPLETED);
    }

    /** Another node has begun the run anew while this one was at a step. */
    @Test
    void attemptThatWasOvertakenEndsNothing() {
        paid(TestBooks.newKey());
        boolean[] overtaken = {true};
        for (boolean fails : new boolean[] {true, false}) {
            try (TestRelay relay = relay(workflow("payment-received", step -> {
                if (overtaken[0]) {
                    beginAgain();
                    failIf(fails);
                }
            }))) {
                relay.drain();
                assertThat(runs()).singleElement().satisfies(run -> {
                    assertThat(run.state()).isEqualTo(RunState.RUNNING);
                    assertThat(run.lastError()).isNull();
                });
                books.database().passTime(Duration.ofMinutes(10));
            }
        }
        overtaken[0] = false;
        try (TestRelay relay = relay(workflow("payment-received", step -> {}))) {
            relay.drain();
        }
        assertThat(done).as("what was done is kept, also by who was overtaken").containsExactly("first", "second");
        assertThat(runs()).singleElement().extracting(WorkflowRun::state).isEqualTo(RunState.COMPLETED);
    }

    private void beginAgain() {
        try {
            books.asSuperuser("UPDATE semel_books.workflow_runs SET attempts = attempts + 1 WHERE tenant_id = '"
                    + caller.tenant() + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nodeThatStopsIsNoFaultOfTheStep() {
        paid(TestBooks.newKey());
        Workflow interrupted = Workflow.of("payment-received", new WorkflowStep("first", step -> {
            throw new InterruptedException();
        }));
        try (TestRelay relay = relay(interrupted)) {
            relay.drain();
        } finally {
            var unused = Thread.interrupted();
        }
        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            assertThat(run.lastError()).isNull();
        });
    }

    @Test
    void runWhoseWorkflowIsGoneHasFailedAndCanBeRetried() {
        UUID id = trigger("by-hand");
        try (TestRelay relay = relay(workflow("another", step -> {}))) {
            relay.drain();
        }
        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.lastError()).isEqualTo("WORKFLOW_UNKNOWN");
        });
        assertThat(retry(id).state()).isEqualTo(RunState.PENDING);
    }

    private static void failIf(boolean fails) {
        if (fails) {
            throw new IllegalStateException("not today");
        }
    }

    /** A node that dies is an error that nobody catches: the run stays as it was. */
    @Test
    void crashIsGoneOnFromAfterTheLastFinishedStep() {
        paid(TestBooks.newKey());
        boolean[] dies = {true};
        try (TestRelay relay = relay(workflow("payment-received", step -> {
            if (dies[0]) {
                throw new AssertionError("the node dies");
            }
        }))) {
            drainAndDie(relay);
            assertThat(runs()).singleElement().extracting(WorkflowRun::state).isEqualTo(RunState.RUNNING);
            dies[0] = false;
            books.database().passTime(Duration.ofMinutes(10));
            relay.drain();
        }
        assertThat(done).containsExactly("first", "second");
        assertThat(runs()).singleElement().extracting(WorkflowRun::state).isEqualTo(RunState.COMPLETED);
    }

    @SuppressWarnings("EmptyCatch") // what a relay does with it is its own affair
    private static void drainAndDie(TestRelay relay) {
        try {
            relay.drain();
        } catch (AssertionError e) {
            // The node.
        }
    }

    @Test
    void runThatFailedTooOftenWaitsForARetryByHand() {
        boolean[] fails = {true};
        UUID id = trigger("by-hand");
        try (TestRelay relay = relay(workflow("by-hand", step -> failIf(fails[0])))) {
            for (int i = 0; i < RunSteps.MAX_ATTEMPTS; i++) {
                relay.drain();
                books.database().passTime(Duration.ofMinutes(10));
            }
            assertThat(runs()).singleElement().satisfies(run -> {
                assertThat(run.state()).isEqualTo(RunState.FAILED);
                assertThat(run.attempts()).isEqualTo(RunSteps.MAX_ATTEMPTS);
            });
            relay.drain();
            fails[0] = false;
            assertThat(retry(id).state()).isEqualTo(RunState.PENDING);
            relay.drain();
        }
        assertThat(done).containsExactly("first", "second");
        assertThat(runs()).singleElement().extracting(WorkflowRun::state).isEqualTo(RunState.COMPLETED);
        assertRefused(Reason.CONFLICT, "RUN_NOT_FAILED", () -> retry(id));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> retry(UUID.randomUUID()));
    }

    @Test
    void runWhoseLastResultCannotBeKeptHasFailedLikeAnyOther() throws SQLException {
        books.asSuperuser("ALTER TABLE semel_books.workflow_steps ADD CONSTRAINT refused CHECK (tenant_id <> '"
                + caller.tenant() + "' OR name <> 'second')");
        try (TestRelay relay = relay(workflow("by-hand", step -> {}))) {
            trigger("by-hand");
            for (int i = 0; i < RunSteps.MAX_ATTEMPTS; i++) {
                relay.drain();
                books.database().passTime(Duration.ofMinutes(10));
            }
        } finally {
            books.asSuperuser("ALTER TABLE semel_books.workflow_steps DROP CONSTRAINT refused");
        }
        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.lastError()).isEqualTo("STEP_FAILED");
        });
    }

    private UUID trigger(String name) {
        return books.trigger(caller, TestBooks.newKey(), name, Map.of("n", 1)).resultId();
    }

    private WorkflowRun retry(UUID id) {
        return books.retryRun(caller, TestBooks.newKey(), id).result();
    }

    @Test
    void unknownWorkflowIsNotFoundAndLeavesNothing() throws SQLException {
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> trigger("unknown"));
        assertThat(books.count("workflow_runs", caller)).isZero();
    }

    @Test
    void ownWorkflowsTellTheOutlet() throws SQLException {
        List<WorkflowOutlet.Message> told = new CopyOnWriteArrayList<>();
        paid(TestBooks.newKey());
        try (TestRelay relay = relay(OwnWorkflows.to(told::add).toArray(Workflow[]::new))) {
            relay.drain();
        }
        assertThat(told)
                .filteredOn(message -> message.tenant().equals(caller.tenant()))
                .extracting(WorkflowOutlet.Message::kind)
                .containsExactlyInAnyOrder("invoice", "receipt");
        assertThat(books.count("workflow_runs", caller)).isEqualTo(2);
    }

    @Test
    void workflowHasAProperNameAndDifferentSteps() {
        WorkflowStep step = new WorkflowStep("a", context -> Map.of());
        assertThatIllegalArgumentException().isThrownBy(() -> Workflow.of("Not This", step));
        assertThatIllegalArgumentException().isThrownBy(() -> Workflow.of("this", step, step));
        assertThatIllegalArgumentException().isThrownBy(() -> Workflow.of("this"));
    }
}
