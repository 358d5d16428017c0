package dev.semel.books.workflows;

import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.workflow_runs}. Works in the transaction of its caller. */
public final class RunTable {
    private static final String INSERT = """
            INSERT INTO semel_books.workflow_runs (tenant_id, id, name, input) VALUES (?, ?, ?, ?)
            """;
    // The event that starts a run may be delivered again: the run is there already.
    private static final String START = """
            INSERT INTO semel_books.workflow_runs (tenant_id, id, name, input, state, attempts)
            SELECT ?, made.id, made.name, made.input, 'running', made.attempts
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::integer[]) AS made (id, name, input, attempts)
            ON CONFLICT DO NOTHING
            RETURNING id
            """;
    private static final String BEGIN = """
            UPDATE semel_books.workflow_runs
            SET state = 'running', attempts = attempts + 1, updated_at = now()
            WHERE tenant_id = ? AND id = ? AND state IN ('pending', 'running')
            RETURNING tenant_id, id, name, input, attempts
            """;
    // An attempt that was overtaken by a later one ends nothing.
    private static final String END = """
            UPDATE semel_books.workflow_runs SET state = ?, last_error = ?, updated_at = now()
            WHERE tenant_id = ? AND id = ? AND state = 'running' AND attempts = ?
            """;
    private static final String PUT_BACK = """
            UPDATE semel_books.workflow_runs SET state = 'pending', attempts = attempts - 1, updated_at = now()
            WHERE tenant_id = ? AND id = ? AND state = 'running' AND attempts = ?
            """;
    private static final String RETRY = """
            UPDATE semel_books.workflow_runs SET state = 'pending', attempts = 0, updated_at = now()
            WHERE tenant_id = ? AND id = ? AND state = 'failed'
            """;
    private static final String SELECT = """
            SELECT r.id, r.name, r.state, r.attempts, r.last_error, r.created_at, r.updated_at,
                   (SELECT count(*) FROM semel_books.workflow_steps s WHERE s.tenant_id = r.tenant_id AND s.run_id = r.id)
                   AS finished_steps
            FROM semel_books.workflow_runs r
            WHERE r.tenant_id = ?
            """;
    private static final String FIND = SELECT + "AND r.id = ?";
    private static final String PAGE = SELECT + """
            AND (r.created_at, r.id) > (?, ?)
            AND (?::text IS NULL OR r.name = ?)
            AND (?::text IS NULL OR r.state = ?)
            ORDER BY r.created_at, r.id
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public RunTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(String tenant, UUID id, String name, String input) {
        jdbc.sql(INSERT).params(tenant, id, name, input).update();
    }

    /** The ids of those that were not there yet. */
    Set<UUID> start(String tenant, List<StoredRun> first) {
        return jdbc.sql(START)
                .param(tenant)
                .param(column(first, StoredRun::id))
                .param(column(first, StoredRun::name))
                .param(column(first, StoredRun::input))
                .param(column(first, StoredRun::attempts))
                .query(UUID.class)
                .set();
    }

    /** The run, one attempt further, without what was done; empty if it is over. */
    Optional<StoredRun> begin(String tenant, UUID id) {
        return jdbc.sql(BEGIN).params(tenant, id).query(RunTable::stored).optional();
    }

    /**
     * The ids of those that were still at this attempt. One statement each, all in one message: without statistics, as in a new
     * database, PostgreSQL would look for many at once among all runs of the tenant.
     */
    Set<UUID> complete(Connection connection, List<StoredRun> done) throws SQLException {
        Set<UUID> completed = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            for (StoredRun run : done) {
                statement.setString(1, RunState.COMPLETED.text());
                statement.setString(2, null);
                statement.setString(3, run.tenant());
                statement.setObject(4, run.id());
                statement.setInt(5, run.attempts());
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 1) {
                    completed.add(done.get(i).id());
                }
            }
        }
        return completed;
    }

    private static String[] column(List<StoredRun> runs, Function<StoredRun, Object> value) {
        return runs.stream().map(value).map(Object::toString).toArray(String[]::new);
    }

    /** Whether the run was still at this attempt. */
    boolean end(StoredRun run, RunState state, @Nullable String error) {
        return jdbc.sql(END)
                        .param(state.text())
                        .param(error)
                        .params(run.tenant(), run.id(), run.attempts())
                        .update()
                == 1;
    }

    /** If the run is still at this attempt, the attempt is not counted. */
    void putBack(StoredRun run) {
        jdbc.sql(PUT_BACK).params(run.tenant(), run.id(), run.attempts()).update();
    }

    /** Whether it had failed, and is to be tried again. */
    boolean retry(String tenant, UUID id) {
        return jdbc.sql(RETRY).params(tenant, id).update() == 1;
    }

    /** The tenant's run of that id. */
    public Optional<WorkflowRun> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(RunTable::row).optional();
    }

    /** The tenant's run of that id, as its trigger answers. */
    public Optional<WorkflowStart> findStart(String tenant, UUID id) {
        return find(tenant, id).map(run -> new WorkflowStart(run.id(), run.name(), run.state()));
    }

    Page<WorkflowRun> page(String tenant, @Nullable String name, @Nullable RunState state, PageRequest request) {
        String stored = state == null ? null : state.text();
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id())
                        .param(name)
                        .param(name)
                        .param(stored)
                        .param(stored)
                        .param(request.fetch())
                        .query(RunTable::row)
                        .list(),
                request,
                run -> new CreationPosition(run.createdAt(), run.id()).cursor());
    }

    private static StoredRun stored(ResultSet row, int number) throws SQLException {
        return new StoredRun(
                row.getString("tenant_id"),
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("input"),
                row.getInt("attempts"),
                Map.of());
    }

    private static WorkflowRun row(ResultSet row, int number) throws SQLException {
        return new WorkflowRun(
                row.getObject("id", UUID.class),
                row.getString("name"),
                RunState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                row.getInt("finished_steps"),
                row.getString("last_error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
