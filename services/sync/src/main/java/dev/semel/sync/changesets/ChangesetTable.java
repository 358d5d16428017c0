package dev.semel.sync.changesets;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.changesets}. Works in the transaction of its caller. */
public final class ChangesetTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.changesets (tenant_id, id, scope, status, revision, message, author, reverts)
            VALUES (?, ?, ?, ?, 1, ?, ?, ?::uuid)
            """;
    private static final String FIND = """
            SELECT id, scope, status, revision, decision_version, message, author, reverts, created_at, changed_at
            FROM semel_sync.changesets
            WHERE tenant_id = ? AND id = ?
            """;
    // What changes a changeset waits here for its turn. Foreign keys to it do not.
    private static final String LOCK = FIND + "FOR NO KEY UPDATE";
    private static final String CHANGE = """
            UPDATE semel_sync.changesets
            SET status = ?, revision = ?, decision_version = decision_version + 1, message = ?,
                changed_at = statement_timestamp()
            WHERE tenant_id = ? AND id = ?
            RETURNING id, scope, status, revision, decision_version, message, author, reverts, created_at, changed_at
            """;
    private static final String PAGE = """
            SELECT id, scope, status, revision, decision_version, message, author, reverts, created_at, changed_at
            FROM semel_sync.changesets
            WHERE tenant_id = ? AND scope = ? AND (created_at, id) > (?, ?) AND status = ANY (?)
            ORDER BY created_at, id
            LIMIT ?
            """;
    private static final String IDLE = """
            SELECT id, scope, status, revision, decision_version, message, author, reverts, created_at, changed_at
            FROM semel_sync.changesets
            WHERE tenant_id = ? AND status IN ('proposed', 'reviewing', 'ready')
              AND changed_at < statement_timestamp() - make_interval(secs => ?)
            ORDER BY changed_at
            LIMIT ?
            """;

    private static final String CLOSED = """
            SELECT id FROM semel_sync.changesets
            WHERE tenant_id = ? AND id = ANY (?::uuid[]) AND status IN ('published', 'superseded', 'withdrawn', 'expired')
              AND changed_at < statement_timestamp() - make_interval(secs => ?)
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ChangesetTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts a changeset with the write's result id, whose first revision comes next. */
    void insert(Write<?> write, String scope, State state, @Nullable String message, @Nullable UUID reverts) {
        jdbc.sql(INSERT)
                .params(write.tenant(), write.resultId(), scope, state.text())
                .param(message)
                .param(write.caller().user())
                .param(reverts == null ? null : reverts.toString())
                .update();
    }

    /** The tenant's changeset of that id. */
    public Optional<Changeset> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(ChangesetTable::row).optional();
    }

    /**
     * The changeset as it is now, not to be changed by anybody else before this transaction ends.
     *
     * @throws RejectedException if there is none
     */
    public Changeset lock(String tenant, UUID id) {
        return jdbc.sql(LOCK)
                .params(tenant, id)
                .query(ChangesetTable::row)
                .optional()
                .orElseThrow(ChangesetTable::unknown);
    }

    /** The refusal for an id that is no changeset's of the tenant. */
    public static RejectedException unknown() {
        return RejectedException.notFound("There is no such changeset.");
    }

    /** Changes a changeset that is locked; its decision version grows. */
    public Changeset change(String tenant, Changeset locked, State state, int revision) {
        return change(tenant, locked, state, revision, locked.message());
    }

    Changeset change(String tenant, Changeset locked, State state, int revision, @Nullable String message) {
        return jdbc.sql(CHANGE)
                .params(state.text(), revision)
                .param(message)
                .params(tenant, locked.id())
                .query(ChangesetTable::row)
                .single();
    }

    /** The scope's changesets in these states, in the order of their creation. */
    public Page<Changeset> page(String tenant, String scope, List<State> states, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, scope, after.time(), after.id())
                        .params(states.stream().map(State::text).toArray(String[]::new), request.fetch())
                        .query(ChangesetTable::row)
                        .list(),
                request,
                changeset -> new CreationPosition(changeset.createdAt(), changeset.id()).cursor());
    }

    /** Open changesets that nobody has touched for so long. */
    List<Changeset> idle(String tenant, double seconds, int limit) {
        return jdbc.sql(IDLE)
                .params(tenant, seconds, limit)
                .query(ChangesetTable::row)
                .list();
    }

    /** Those of these changesets that were closed for good so long ago. */
    public List<UUID> closed(String tenant, Collection<UUID> ids, Duration age) {
        return jdbc.sql(CLOSED)
                .params(tenant, ids.stream().map(UUID::toString).toArray(String[]::new), age.toMillis() / 1e3)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private static Changeset row(ResultSet row, int number) throws SQLException {
        return new Changeset(
                row.getObject("id", UUID.class),
                row.getString("scope"),
                State.of(row.getString("status")),
                row.getInt("revision"),
                row.getLong("decision_version"),
                row.getString("message"),
                row.getString("author"),
                row.getObject("reverts", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
