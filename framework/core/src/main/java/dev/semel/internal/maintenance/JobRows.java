package dev.semel.internal.maintenance;

import dev.semel.internal.Times;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.JobStatus;
import dev.semel.maintenance.MaintenanceJob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The table {@code semel.maintenance_jobs}. */
final class JobRows {
    private static final String ADD =
            "INSERT INTO semel.maintenance_jobs (name) VALUES (?) ON CONFLICT (name) DO NOTHING";

    /** Due or asked for, and nobody is at it. */
    private static final String CLAIM = """
            UPDATE semel.maintenance_jobs
               SET holder = ?, held_until = statement_timestamp() + ? * interval '1 millisecond',
                   last_started_at = statement_timestamp()
             WHERE name = ? AND held_until <= statement_timestamp() AND (? OR next_run_at <= statement_timestamp())""";

    private static final String KEEP = """
            UPDATE semel.maintenance_jobs SET held_until = statement_timestamp() + ? * interval '1 millisecond'
             WHERE name = ? AND holder = ?""";

    private static final String SUCCEED = """
            UPDATE semel.maintenance_jobs
               SET holder = NULL, held_until = '-infinity', next_run_at = statement_timestamp() + ? * interval '1 millisecond',
                   last_success_at = statement_timestamp(), last_error = NULL, done = ?, eligible_rows = ?
             WHERE name = ? AND holder = ?""";

    private static final String FAIL = """
            UPDATE semel.maintenance_jobs
               SET holder = NULL, held_until = '-infinity', next_run_at = statement_timestamp() + ? * interval '1 millisecond',
                   last_error = ?
             WHERE name = ? AND holder = ?""";

    private static final String STATUS = """
            SELECT name, last_success_at, last_error, done, eligible_rows FROM semel.maintenance_jobs
             WHERE name = ANY (?) ORDER BY name""";

    /** One run of a job on this node. */
    record Run(MaintenanceJob job, UUID holder) {}

    private JobRows() {}

    static boolean claim(Connection connection, Run run, Duration length, boolean asked) throws SQLException {
        update(connection, ADD, run.job().name());
        return update(
                        connection,
                        CLAIM,
                        run.holder(),
                        length.toMillis(),
                        run.job().name(),
                        asked)
                == 1;
    }

    static int keep(Connection connection, Run run, Duration length) throws SQLException {
        return update(connection, KEEP, length.toMillis(), run.job().name(), run.holder());
    }

    static int succeed(Connection connection, Run run, JobResult result) throws SQLException {
        MaintenanceJob job = run.job();
        return update(
                connection,
                SUCCEED,
                result.isUnfinished() ? 0 : job.interval().toMillis(),
                result.done(),
                result.eligible(),
                job.name(),
                run.holder());
    }

    static int fail(Connection connection, Run run, String error) throws SQLException {
        return update(
                connection,
                FAIL,
                run.job().interval().toMillis(),
                error,
                run.job().name(),
                run.holder());
    }

    static List<JobStatus> status(Connection connection, List<String> names) throws SQLException {
        List<JobStatus> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(STATUS)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(read(row));
                }
            }
        }
        return List.copyOf(found);
    }

    private static JobStatus read(ResultSet row) throws SQLException {
        return new JobStatus(
                row.getString("name"),
                Times.instantOrNull(row, "last_success_at"),
                row.getString("last_error"),
                row.getLong("done"),
                row.getLong("eligible_rows"));
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
