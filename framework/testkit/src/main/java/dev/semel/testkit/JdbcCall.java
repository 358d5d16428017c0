package dev.semel.testkit;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One call of the JDBC API.
 *
 * @param method its name, as {@code getConnection}, {@code execute} or {@code commit}
 * @param sql the statement's text; empty for a call that has none
 * @param connection beneath the call, not itself listened to; null until there is one
 */
public record JdbcCall(String method, String sql, @Nullable Connection connection) {
    /** Whether it sends a statement to the server. */
    public boolean executes() {
        return method.startsWith("execute");
    }

    /** Whether it ends the transaction. */
    public boolean endsTransaction() {
        return "commit".equals(method) || "rollback".equals(method);
    }
}
