package dev.semel.server.tokens;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The table {@code semel_server.tokens} as its owner sees it: before there is a tenant. For one transaction. */
final class BootstrapTable {
    private static final String LOCK =
            "/* all tenants: one server at a time */ LOCK TABLE semel_server.tokens IN SHARE ROW EXCLUSIVE MODE";
    private static final String ANY =
            "/* all tenants: is there any token yet? */ SELECT FROM semel_server.tokens LIMIT 1";
    private static final String FIND = """
            /* all tenants: a token names its tenant */
            SELECT tenant_id, user_id, array_to_string(roles, ',') FROM semel_server.tokens WHERE token_hash = ?
            """;
    private static final String TENANT = "SELECT set_config('semel.tenant', ?, true)";
    private static final String INSERT = """
            INSERT INTO semel_server.tokens (tenant_id, id, user_id, roles, token_hash)
            VALUES (?, gen_random_uuid(), ?, string_to_array(?, ','), ?)
            """;

    private final Connection connection;

    BootstrapTable(Connection connection) {
        this.connection = connection;
    }

    /** Until the transaction ends, no other server adds tokens. */
    void lock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
        }
    }

    boolean isEmpty() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ANY)) {
            return !rows.next();
        }
    }

    /** Whose it is or was, revoked or not. */
    Optional<Identity> find(TokenHash hash) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setBytes(1, hash.bytes());
            try (ResultSet rows = find.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Identity(rows.getString(1), rows.getString(2), roles(rows.getString(3))))
                        : Optional.empty();
            }
        }
    }

    void insert(Identity owner, TokenHash hash) throws SQLException {
        try (PreparedStatement tenant = connection.prepareStatement(TENANT);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            tenant.setString(1, owner.tenant());
            tenant.execute();
            insert.setString(1, owner.tenant());
            insert.setString(2, owner.user());
            insert.setString(3, Role.texts(owner.roles()));
            insert.setBytes(4, hash.bytes());
            insert.executeUpdate();
        }
    }

    private static Set<Role> roles(String joined) {
        return Arrays.stream(joined.split(",", -1))
                .map(Role::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }
}
