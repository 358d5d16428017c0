package dev.semel.bench.rivals;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.bench.database.Pools;
import dev.semel.bench.outbox.Deliveries;
import dev.semel.bench.outbox.OutboxContender;
import dev.semel.bench.outbox.OutboxSession;
import dev.semel.bench.round.Contender;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.gson.GsonJsonMapper;

/** JobRunr with the shortest poll that it allows, five seconds, and its own batch of job requests. */
public record JobRunrJobs(String version) implements OutboxContender {
    private static final int WORKERS = 8;

    /** The job: an event arrives. */
    public record Arrival(int number) implements JobRequest {
        @Override
        public Class<Receiver> getJobRequestHandler() {
            return Receiver.class;
        }
    }

    /** Who runs it. */
    public static final class Receiver implements JobRequestHandler<Arrival> {
        private final Deliveries deliveries;

        /** Tells those deliveries. */
        public Receiver(Deliveries deliveries) {
            this.deliveries = deliveries;
        }

        @Override
        public void run(Arrival arrival) {
            deliveries.delivered(arrival.number());
        }
    }

    @Override
    public Contender contender() {
        return new Contender("JobRunr " + version, "jobs at least once; no order, not in the caller's transaction");
    }

    @Override
    public String pending() {
        return "SELECT count(*) FROM rival.jobrunr_jobs WHERE state <> 'SUCCEEDED'";
    }

    @Override
    public OutboxSession open(Pools pools, Deliveries deliveries) {
        HikariDataSource pool = pools.rival();
        Receiver receiver = new Receiver(deliveries);
        JobRunrConfigurationResult jobs = JobRunr.configure()
                .useJsonMapper(new GsonJsonMapper())
                .useStorageProvider(new PostgresStorageProvider(pool))
                .useJobActivator(new JobActivator() {
                    @Override
                    public <T> T activateJob(Class<T> type) {
                        return type.cast(receiver);
                    }
                })
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                .andWorkerCount(WORKERS)
                                .andPollInterval(Duration.ofSeconds(5)),
                        false)
                .initialize();
        return new Session(jobs, jobs.getBackgroundJobServer(), pool);
    }

    private record Session(JobRunrConfigurationResult jobs, BackgroundJobServer server, HikariDataSource pool)
            implements OutboxSession {
        @Override
        public void start() {
            server.start();
        }

        @Override
        public void enqueue(int first, int count) {
            jobs.getJobRequestScheduler()
                    .enqueue(IntStream.range(first, first + count).mapToObj(Arrival::new));
        }

        @Override
        public void close() {
            JobRunr.destroy();
            pool.close();
        }
    }
}
