package dev.semel.sync.changesets;

import dev.semel.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.changeset_revisions}. Works in the transaction of its caller. */
public final class RevisionTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.changeset_revisions
                (tenant_id, changeset_id, revision, scope, client_changeset_id, payload_hash, write_id, status, main_head,
                 made_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String FIND_BY_WRITE = """
            SELECT changeset_id, scope, revision, status, main_head FROM semel_sync.changeset_revisions
            WHERE tenant_id = ? AND write_id = ?
            """;
    private static final String IS_PUSHED = """
            SELECT EXISTS (SELECT FROM semel_sync.changeset_revisions
                           WHERE tenant_id = ? AND scope = ? AND client_changeset_id = ?)
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public RevisionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A revision as it was made. Immutable.
     *
     * @param state of the changeset right after it
     */
    public record Made(UUID changeset, String scope, int revision, State state, long mainHead) {}

    /** Inserts a revision, whose files come next. */
    public void insert(Write<?> write, NewRevision made) {
        jdbc.sql(INSERT)
                .params(write.tenant(), made.changeset(), made.revision(), made.scope())
                .param(made.clientChangesetId())
                .params(made.payloadHash(), write.resultId(), made.state().text(), made.mainHead())
                .param(write.caller().user())
                .update();
    }

    /** The revision that a write has made. */
    public Optional<Made> findByWrite(String tenant, UUID writeId) {
        return jdbc.sql(FIND_BY_WRITE)
                .params(tenant, writeId)
                .query(RevisionTable::row)
                .optional();
    }

    /** Whether a client has pushed one under that id. */
    public boolean isPushed(String tenant, String scope, @Nullable String clientChangesetId) {
        return jdbc.sql(IS_PUSHED)
                .params(tenant, scope)
                .param(clientChangesetId)
                .query(Boolean.class)
                .single();
    }

    private static Made row(ResultSet row, int number) throws SQLException {
        return new Made(
                row.getObject("changeset_id", UUID.class),
                row.getString("scope"),
                row.getInt("revision"),
                State.of(row.getString("status")),
                row.getLong("main_head"));
    }
}
