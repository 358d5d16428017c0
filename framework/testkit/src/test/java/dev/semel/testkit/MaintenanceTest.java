package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.semel.internal.maintenance.DatabaseMaintenance;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.JobStatus;
import dev.semel.maintenance.Maintenance;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Recurring jobs on several nodes. */
@ExtendWith(PostgresExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MaintenanceTest {
    private final TestDatabase database;

    MaintenanceTest(TestDatabase database) {
        this.database = database;
        database.run("TRUNCATE semel.maintenance_jobs");
    }

    private record Job(String name, Duration interval, Duration longestRun, Callable<JobResult> work)
            implements MaintenanceJob {
        Job(String name, Duration interval, Callable<JobResult> work) {
            this(name, interval, Duration.ofHours(1), work);
        }

        @Override
        public JobResult run() throws Exception {
            return work.call();
        }
    }

    private static Job hourly(Callable<JobResult> work) {
        return new Job("count-things", Duration.ofHours(1), work);
    }

    private Maintenance node(MaintenanceJob job) {
        return Maintenance.builder(MaintenanceTransactions.of(database.pool(4)))
                .job(job)
                .pollInterval(Duration.ofMillis(20))
                .build();
    }

    @Test
    void jobThatIsDueRunsOnceHoweverManyNodesLook() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Job job = hourly(() -> {
            Thread.sleep(100);
            runs.incrementAndGet();
            return new JobResult(0, 7);
        });
        try (Maintenance one = node(job);
                Maintenance two = node(job)) {
            one.start();
            two.start();
            await().until(() -> two.status().stream().anyMatch(status -> status.lastSuccess() != null));
            Thread.sleep(100);

            assertThat(runs).hasValue(1);
            JobStatus status = two.status().get(0);
            assertThat(status).extracting(JobStatus::done, JobStatus::eligible).containsExactly(0L, 7L);
            assertThat(status.lastError()).isNull();
        }
    }

    @Test
    void jobThatAnotherNodeIsAtIsNotRunNow() throws Exception {
        CyclicBarrier inside = new CyclicBarrier(2);
        CountDownLatch go = new CountDownLatch(1);
        Maintenance busy = node(hourly(() -> {
            inside.await(10, TimeUnit.SECONDS);
            go.await();
            return new JobResult(1, 0);
        }));
        try (busy;
                Maintenance other = node(hourly(() -> new JobResult(2, 0)))) {
            busy.start();
            inside.await(10, TimeUnit.SECONDS);

            assertThat(other.runNow("count-things")).isEmpty();

            database.run("UPDATE semel.maintenance_jobs SET held_until = now() - interval '1 second'");
            assertThat(other.runNow("count-things"))
                    .as("a node that does not keep its claim is relieved")
                    .contains(new JobResult(2, 0));
            go.countDown();
        }
        assertThat(database.number("SELECT done FROM semel.maintenance_jobs"))
                .as("who was relieved records nothing")
                .isEqualTo(2);
    }

    /** Its claim is short: looked after every fifty milliseconds. */
    private Maintenance attentiveNode(MaintenanceJob job) {
        return new DatabaseMaintenance(
                MaintenanceTransactions.of(database.pool(4)),
                List.of(job),
                Duration.ofMillis(20),
                Duration.ofMillis(150));
    }

    @Test
    void jobThatHangsIsInterruptedAndItsFailureRecorded() throws Exception {
        Job hanging = new Job("count-things", Duration.ofHours(1), Duration.ofMillis(200), () -> {
            new CountDownLatch(1).await();
            return new JobResult(1, 0);
        });
        try (Maintenance node = attentiveNode(hanging)) {
            assertThatThrownBy(() -> node.runNow("count-things")).isInstanceOf(InterruptedException.class);

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(node.status().get(0).lastError()).isEqualTo("InterruptedException");
        }
    }

    @Test
    void jobThatHeedsNoInterruptIsRelieved() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Maintenance deaf = attentiveNode(new Job("count-things", Duration.ofHours(1), Duration.ofMillis(200), () -> {
            inside.countDown();
            awaitUninterrupted(go);
            return new JobResult(1, 0);
        }));
        try (deaf;
                Maintenance other = node(hourly(() -> new JobResult(2, 0)))) {
            deaf.start();
            inside.await();

            await().until(() -> other.runNow("count-things").isPresent());
            go.countDown();
        }
        assertThat(database.number("SELECT done FROM semel.maintenance_jobs")).isEqualTo(2);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException e) {
                // deaf on purpose
            }
        }
    }

    @Test
    void jobWhoseClaimIsLostIsInterrupted() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<String> end = new CompletableFuture<>();
        Maintenance node = attentiveNode(hourly(() -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                end.complete("interrupted");
            }
            return new JobResult(1, 0);
        }));
        try (node) {
            node.start();
            inside.await();
            database.run("UPDATE semel.maintenance_jobs SET holder = gen_random_uuid(), held_until = 'infinity'");

            assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
        }
        assertThat(database.number("SELECT done FROM semel.maintenance_jobs"))
                .as("who lost its claim records nothing")
                .isZero();
    }

    @Test
    void runThatIsUnfinishedIsFollowedAtOnce() {
        AtomicInteger left = new AtomicInteger(3);
        Maintenance node = Maintenance.builder(MaintenanceTransactions.of(database.pool(4)))
                .job(hourly(() -> new JobResult(1, left.decrementAndGet())))
                .pollInterval(Duration.ofHours(1))
                .build();
        try (node) {
            node.start();

            await().until(() -> left.get() == 0);
        }
    }

    @Test
    void failureIsRecordedAndTheNextRunComesAllTheSame() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Maintenance node = node(new Job("count-things", Duration.ofMillis(30), () -> {
            if (runs.incrementAndGet() == 2) {
                throw new IllegalStateException("secret-detail");
            }
            return new JobResult(runs.get(), 0);
        }));
        try (node) {
            node.runNow("count-things");
            assertThatThrownBy(() -> node.runNow("count-things")).isInstanceOf(IllegalStateException.class);

            JobStatus failed = node.status().get(0);
            assertThat(failed.lastError()).isEqualTo("IllegalStateException");
            assertThat(failed.lastSuccess()).isNotNull();
            assertThat(failed.done()).isEqualTo(1);

            node.start();
            await().until(() -> runs.get() >= 4);
        }
    }

    @Test
    void unknownAndDoubledAndMalformedNamesAreRefused() {
        Job job = hourly(() -> new JobResult(0, 0));
        Maintenance.Builder builder = Maintenance.builder(MaintenanceTransactions.of(database.pool(1)));
        try (Maintenance node = node(job)) {
            assertThatThrownBy(() -> node.runNow("no-such")).hasMessageContaining("count-things");
        }
        assertThatThrownBy(() -> builder.job(job).job(job).build()).isInstanceOf(IllegalArgumentException.class);
        Job malformed = new Job("Count things", Duration.ofHours(1), job.work());
        assertThatThrownBy(() -> node(malformed)).isInstanceOf(IllegalArgumentException.class);
    }
}
