package dev.semel.bench.rivals;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.semel.bench.database.Pools;
import dev.semel.bench.outbox.Deliveries;
import dev.semel.bench.outbox.OutboxContender;
import dev.semel.bench.outbox.OutboxSession;
import dev.semel.bench.round.Contender;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

/** db-scheduler with the polling that its documentation recommends for high throughput, woken when something was scheduled. */
public record DbScheduler(String version) implements OutboxContender {
    private static final int THREADS = 8;
    private static final String TABLE = """
            CREATE TABLE rival.scheduled_tasks (
                task_name            text        NOT NULL,
                task_instance        text        NOT NULL,
                task_data            bytea,
                execution_time       timestamptz NOT NULL,
                picked               boolean     NOT NULL,
                picked_by            text,
                last_success         timestamptz,
                last_failure         timestamptz,
                consecutive_failures int,
                last_heartbeat       timestamptz,
                version              bigint      NOT NULL,
                priority             smallint,
                PRIMARY KEY (task_name, task_instance)
            );
            CREATE INDEX execution_time_idx ON rival.scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON rival.scheduled_tasks (last_heartbeat);
            CREATE INDEX priority_execution_time_idx ON rival.scheduled_tasks (priority DESC, execution_time ASC);
            """;

    @Override
    public Contender contender() {
        return new Contender(
                "db-scheduler " + version, "tasks at least once; no order, not in the transaction of plain JDBC code");
    }

    @Override
    public String pending() {
        return "SELECT count(*) FROM rival.scheduled_tasks";
    }

    @Override
    public OutboxSession open(Pools pools, Deliveries deliveries) throws SQLException {
        HikariDataSource pool = pools.rival();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        OneTimeTask<Void> task = Tasks.oneTime("event")
                .execute((instance, context) -> deliveries.delivered(Integer.parseInt(instance.getId())));
        Scheduler scheduler = Scheduler.create(pool, task)
                .threads(THREADS)
                .pollUsingLockAndFetch(1.0, 4.0)
                .pollingInterval(Duration.ofMillis(100))
                .build();
        return new Session(scheduler, pool);
    }

    private record Session(Scheduler scheduler, HikariDataSource pool) implements OutboxSession {
        @Override
        public void start() {
            scheduler.start();
        }

        @Override
        public void enqueue(int first, int count) {
            SchedulerClient client = scheduler;
            client.scheduleBatch(
                    IntStream.range(first, first + count)
                            .<TaskInstance<?>>mapToObj(number -> new TaskInstance<>("event", Integer.toString(number)))
                            .toList(),
                    Instant.now());
            scheduler.triggerCheckForDueExecutions();
        }

        @Override
        public void close() {
            scheduler.stop();
            pool.close();
        }
    }
}
