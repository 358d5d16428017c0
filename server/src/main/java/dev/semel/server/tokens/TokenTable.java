package dev.semel.server.tokens;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_server.tokens}, one tenant's part of it. Works in the transaction of its caller. */
final class TokenTable {
    private static final String INSERT = """
            INSERT INTO semel_server.tokens (tenant_id, id, user_id, roles, token_hash)
            VALUES (?, ?, ?, string_to_array(?, ','), ?)
            RETURNING id, user_id, array_to_string(roles, ',') AS roles, created_at, revoked_at
            """;
    /** The first revocation counts. */
    private static final String REVOKE = """
            UPDATE semel_server.tokens SET revoked_at = coalesce(revoked_at, clock_timestamp())
            WHERE tenant_id = ? AND id = ?
            RETURNING id, user_id, array_to_string(roles, ',') AS roles, created_at, revoked_at
            """;

    private static final String PAGE = """
            SELECT id, user_id, array_to_string(roles, ',') AS roles, created_at, revoked_at
            FROM semel_server.tokens
            WHERE tenant_id = ? AND id > ?
            ORDER BY id
            LIMIT ?
            """;
    private static final String HAS_HASH = """
            SELECT EXISTS (SELECT FROM semel_server.tokens WHERE tenant_id = ? AND id = ? AND token_hash = ?)
            """;

    private final JdbcClient jdbc;

    TokenTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Token insert(UUID id, Identity owner, TokenHash hash) {
        return jdbc.sql(INSERT)
                .params(owner.tenant(), id, owner.user(), Role.texts(owner.roles()), hash.bytes())
                .query(TokenTable::row)
                .single();
    }

    /** Empty if the tenant has no such token. */
    Optional<Token> revoke(String tenant, UUID id) {
        return jdbc.sql(REVOKE).params(tenant, id).query(TokenTable::row).optional();
    }

    TokenPage page(String tenant, UUID after, int limit) {
        return TokenPage.of(
                jdbc.sql(PAGE)
                        .params(tenant, after, limit + 1)
                        .query(TokenTable::row)
                        .list(),
                limit);
    }

    boolean hasHash(String tenant, UUID id, TokenHash hash) {
        return jdbc.sql(HAS_HASH)
                .params(tenant, id, hash.bytes())
                .query(Boolean.class)
                .single();
    }

    private static Token row(ResultSet row, int number) throws SQLException {
        return new Token(
                row.getObject("id", UUID.class),
                row.getString("user_id"),
                List.of(row.getString("roles").split(",", -1)),
                null,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("revoked_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
