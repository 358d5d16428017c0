package dev.semel.bench.growth;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.maintenance.PruneKeys;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Semel's own job that prunes keys, as the server runs it, at work all the time on keys that are long due. */
public final class Pruning implements Beside {
    private static final int CONNECTIONS = 4;

    @Override
    public String suffix() {
        return ", pruning";
    }

    @Override
    public Activity begin(GrownDatabase ground) {
        HikariDataSource pool = ground.database().pools(CONNECTIONS).owner();
        return new AtWork(ground, pool);
    }

    private static final class AtWork implements Activity {
        private final GrownDatabase ground;
        private final HikariDataSource pool;
        private final FutureTask<JobResult> job;
        private final Thread thread;
        private final long due;
        private final long startedNanos;

        AtWork(GrownDatabase ground, HikariDataSource pool) {
            this.ground = ground;
            this.pool = pool;
            due = ground.due();
            job = new FutureTask<>(PruneKeys.ofDefaults(MaintenanceTransactions.of(pool))::run);
            thread = new Thread(job, "prune-keys");
            startedNanos = System.nanoTime();
            thread.start();
        }

        @Override
        public Seen end() throws Exception {
            boolean endedBefore = job.isDone();
            double seconds = (System.nanoTime() - startedNanos) / 1e9;
            stop();
            long pruned = due - ground.due();
            Map<String, Double> figures = Map.of("keys pruned/s", pruned / seconds);
            return new Seen(figures, endedBefore ? List.of(whyItEnded(pruned)) : List.of());
        }

        private String whyItEnded(long pruned) throws InterruptedException {
            try {
                return "nothing was left to prune before the round was over, after "
                        + job.get().done() + " keys";
            } catch (ExecutionException e) {
                return "pruning failed after " + pruned + " keys: " + e.getCause();
            }
        }

        private void stop() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }

        @Override
        public void close() {
            thread.interrupt();
            pool.close();
        }
    }
}
