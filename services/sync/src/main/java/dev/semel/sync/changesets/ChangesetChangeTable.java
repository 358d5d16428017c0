package dev.semel.sync.changesets;

import dev.semel.Write;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.changeset_changes}. Works in the transaction of its caller. */
public final class ChangesetChangeTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.changeset_changes
                (tenant_id, scope, seq, changeset_id, write_id, event, status, revision, changed_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
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
        EXPIRED,
        /** Another one takes back what it has done. */
        REVERTED
    }

    /** What a changeset has come to. */
    public record After(UUID changeset, State state, int revision) {}

    void insert(Write<?> write, String scope, long seq, Event event, After after) {
        jdbc.sql(INSERT)
                .params(write.tenant(), scope, seq, after.changeset(), write.resultId())
                .params(event.name().toLowerCase(Locale.ROOT), after.state().text())
                .params(after.revision(), write.caller().user())
                .update();
    }
}
