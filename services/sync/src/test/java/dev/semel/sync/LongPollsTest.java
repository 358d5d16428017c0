package dev.semel.sync;

import static dev.semel.sync.Refusals.assertRefused;
import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.sync.pull.LongPolling;
import dev.semel.sync.pull.PullAnswer;
import dev.semel.sync.pull.PullRequest;
import dev.semel.testkit.InterceptedDataSource;
import dev.semel.testkit.StatementHook;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pulls that wait: what they cost, and how many there can be. */
@ExtendWith(SyncExtension.class)
class LongPollsTest {
    private static final int WAITING = 300;

    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();

    LongPollsTest(TestSync sync) {
        this.sync = sync;
    }

    /** Counts the statements that look for news or fetch them. */
    private static final class Counting implements StatementHook {
        private final AtomicInteger statements = new AtomicInteger();

        @Override
        public void before(String sql) {
            if (sql.contains("semel_sync.")) {
                statements.incrementAndGet();
            }
        }
    }

    @Test
    void manyThatWaitCostAsMuchAsOneAndAllAreTold() throws InterruptedException {
        String scope = sync.scope(caller, "direct");
        String other = sync.scope(caller, "direct");
        String cursor = sync.pull(caller, scope, 0, 10).newCursor();
        Counting counting = new Counting();
        BlockingQueue<Object> answers = new ArrayBlockingQueue<>(WAITING + 1);
        try (SyncEngine engine =
                        SyncEngine.on(InterceptedDataSource.of(sync.database().pool(2), counting), sync.blobs());
                LongPolling polls = new LongPolling(engine.pulls(), WAITING + 1)) {
            for (int i = 0; i < WAITING; i++) {
                polls.await(caller.tenant(), new PullRequest(scope, cursor, 10, null, 30), answers::add);
            }
            polls.await(caller.tenant(), new PullRequest(other, 0, 10, null, 30), answers::add);
            counting.statements.set(0);
            TimeUnit.MILLISECONDS.sleep(1_500);
            assertThat(counting.statements.get()).isBetween(1, 8);
            assertThat(answers).isEmpty();

            counting.statements.set(0);
            sync.push(caller, scope, put("a", "a.md", 0, "A"));
            for (int i = 0; i < WAITING; i++) {
                assertThat(answers.poll(5, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                PullAnswer.class,
                                answer -> assertThat(answer.changes())
                                        .extracting(TestSync::line)
                                        .containsExactly("a 1 a.md A"));
            }
            assertThat(counting.statements.get()).isLessThan(20);
            assertThat(answers).as("nothing has happened in the other scope").isEmpty();
        }
        assertThat(answers.poll(5, TimeUnit.SECONDS)).as("let go").isInstanceOf(RuntimeException.class);
    }

    @Test
    void onlySoManyOfOneTenantWait() {
        String scope = sync.scope(caller, "direct");
        PullRequest asked = new PullRequest(scope, 0, 10, null, 30);
        try (LongPolling polls = new LongPolling(sync.engine().pulls(), 2)) {
            polls.await(caller.tenant(), asked, answer -> {});
            polls.await(caller.tenant(), asked, answer -> {});
            assertThat(assertRefused("TOO_MANY_WAITING", () -> polls.await(caller.tenant(), asked, answer -> {}))
                            .retryable())
                    .isTrue();
            Caller another = TestSync.newCaller();
            String theirs = sync.scope(another, "direct");
            polls.await(another.tenant(), new PullRequest(theirs, 0, 10, null, 30), answer -> {});
        }
    }
}
