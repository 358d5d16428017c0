package dev.semel.sync.changesets;

import dev.semel.Write;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.changesets}. Works in the transaction of its caller. */
public final class ChangesetTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.changesets (tenant_id, id, scope, status, revision, message, author)
            VALUES (?, ?, ?, ?, 1, ?, ?)
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ChangesetTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts a changeset with the write's result id, whose first revision comes next. */
    public void insert(Write<?> write, String scope, State state, @Nullable String message) {
        jdbc.sql(INSERT)
                .params(write.tenant(), write.resultId(), scope, state.text())
                .param(message)
                .param(write.caller().user())
                .update();
    }
}
