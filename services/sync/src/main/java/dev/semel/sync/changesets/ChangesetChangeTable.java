package dev.semel.sync.changesets;

import dev.semel.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.changeset_changes}. Works in the transaction of its caller. */
public final class ChangesetChangeTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.changeset_changes
                (tenant_id, scope, seq, changeset_id, write_id, event, status, revision, decision_version, decisions_hash,
                 changed_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String FIND_BY_WRITE = """
            SELECT changeset_id, status, revision, decision_version, decisions_hash FROM semel_sync.changeset_changes
            WHERE tenant_id = ? AND write_id = ?
            ORDER BY seq
            LIMIT 1
            """;
    private static final String HISTORY = """
            SELECT event, status, revision, changed_at, changed_by FROM semel_sync.changeset_changes
            WHERE tenant_id = ? AND changeset_id = ?
            ORDER BY seq
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ChangesetChangeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What can happen to a changeset. */
    public enum Event {
        /** It was pushed, or a new revision of it. */
        PUSHED,
        /** Somebody has decided on files. */
        DECIDED,
        /** Its bases are main's again. */
        REBASED,
        /** Files of it were published. */
        PUBLISHED,
        /** Its author has taken it back. */
        WITHDRAWN,
        /** Another one has taken its place. */
        SUPERSEDED,
        /** Nobody has touched it for too long. */
        EXPIRED
    }

    void insert(Write<?> write, String scope, long seq, Event event, ChangesetAnswer after) {
        jdbc.sql(INSERT)
                .params(write.tenant(), scope, seq, after.id(), write.resultId())
                .params(event.name().toLowerCase(Locale.ROOT), after.status(), after.revision())
                .params(
                        after.decisionVersion(),
                        after.decisionsHash(),
                        write.caller().user())
                .update();
    }

    /** What a write has made of the changeset that it is about. */
    Optional<ChangesetAnswer> findByWrite(String tenant, UUID writeId) {
        return jdbc.sql(FIND_BY_WRITE)
                .params(tenant, writeId)
                .query((row, number) -> new ChangesetAnswer(
                        row.getObject("changeset_id", UUID.class),
                        row.getString("status"),
                        row.getInt("revision"),
                        row.getLong("decision_version"),
                        row.getString("decisions_hash")))
                .optional();
    }

    /** All that has happened to a changeset, in its order. */
    public List<HistoryEntry> history(String tenant, UUID changeset) {
        return jdbc.sql(HISTORY)
                .params(tenant, changeset)
                .query(ChangesetChangeTable::entry)
                .list();
    }

    private static HistoryEntry entry(ResultSet row, int number) throws SQLException {
        return new HistoryEntry(
                row.getString("event"),
                row.getString("status"),
                row.getInt("revision"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getString("changed_by"));
    }
}
