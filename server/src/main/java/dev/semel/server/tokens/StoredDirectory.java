package dev.semel.server.tokens;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** The directory in the database. The only place where a query crosses tenants, and it must know the hashes already. */
final class StoredDirectory implements TokenDirectory {
    private static final String FIND = "SELECT token_hash, tenant_id, user_id, roles FROM semel_server.find_tokens(?)";

    private final DataSource dataSource;

    StoredDirectory(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Map<TokenHash, Identity> find(Set<TokenHash> hashes) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement find = connection.prepareStatement(FIND)) {
            byte[][] presented = hashes.stream().map(TokenHash::bytes).toArray(byte[][]::new);
            find.setArray(1, connection.createArrayOf("bytea", presented));
            try (ResultSet rows = find.executeQuery()) {
                return identities(rows);
            }
        }
    }

    private static Map<TokenHash, Identity> identities(ResultSet rows) throws SQLException {
        Map<TokenHash, Identity> found = new HashMap<>();
        while (rows.next()) {
            Identity owner =
                    new Identity(rows.getString("tenant_id"), rows.getString("user_id"), roles(rows.getArray("roles")));
            found.put(TokenHash.ofStored(rows.getBytes("token_hash")), owner);
        }
        return found;
    }

    /** A role that this version does not know opens nothing. */
    private static Set<Role> roles(Array stored) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream((Object[]) stored.getArray())
                .forEach(text -> Role.of(String.valueOf(text)).ifPresent(roles::add));
        return roles;
    }
}
