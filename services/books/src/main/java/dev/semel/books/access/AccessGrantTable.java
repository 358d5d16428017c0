package dev.semel.books.access;

import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.access_grants}. Works in the transaction of its caller. */
public final class AccessGrantTable {
    // A role is had or not: granting it again answers the grant in force. The UPDATE changes nothing; it locks the
    // row, so that one which is being revoked is waited for.
    private static final String GRANT = """
            INSERT INTO semel_books.access_grants AS known (tenant_id, id, user_id, role)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (tenant_id, user_id, role) WHERE revoked_at IS NULL
            DO UPDATE SET revoked_at = known.revoked_at
            RETURNING id, user_id, role, created_at
            """;
    /** The first revocation counts. */
    private static final String REVOKE = """
            UPDATE semel_books.access_grants SET revoked_at = coalesce(revoked_at, clock_timestamp())
            WHERE tenant_id = ? AND id = ?
            RETURNING id, user_id, role, created_at
            """;

    private static final String RECALL = """
            SELECT id, user_id, role, created_at FROM semel_books.access_grants
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String FIND = """
            SELECT id, user_id, role, created_at FROM semel_books.access_grants
            WHERE tenant_id = ? AND id = ? AND revoked_at IS NULL
            """;
    private static final String PAGE = """
            SELECT id, user_id, role, created_at FROM semel_books.access_grants
            WHERE tenant_id = ? AND (created_at, id) > (?, ?) AND revoked_at IS NULL
            ORDER BY created_at, id
            LIMIT ?
            """;
    private static final String ROLES = """
            SELECT role FROM semel_books.access_grants
            WHERE tenant_id = ? AND user_id = ? AND revoked_at IS NULL
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public AccessGrantTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    AccessGrant grant(String tenant, UUID id, NewAccessGrant grant) {
        return jdbc.sql(GRANT)
                .params(tenant, id, grant.userId(), grant.role())
                .query(AccessGrantTable::row)
                .single();
    }

    Optional<AccessGrant> revoke(String tenant, UUID id) {
        return jdbc.sql(REVOKE).params(tenant, id).query(AccessGrantTable::row).optional();
    }

    /** The grant of that id, in force or not. */
    public Optional<AccessGrant> recall(String tenant, UUID id) {
        return jdbc.sql(RECALL).params(tenant, id).query(AccessGrantTable::row).optional();
    }

    /** The grant of that id, if it is in force. */
    Optional<AccessGrant> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(AccessGrantTable::row).optional();
    }

    /** What the user was granted and is in force. */
    public Set<String> roles(String tenant, String user) {
        return Set.copyOf(
                jdbc.sql(ROLES).params(tenant, user).query(String.class).list());
    }

    Page<AccessGrant> page(String tenant, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id(), request.fetch())
                        .query(AccessGrantTable::row)
                        .list(),
                request,
                grant -> new CreationPosition(grant.createdAt(), grant.id()).cursor());
    }

    private static AccessGrant row(ResultSet row, int number) throws SQLException {
        return new AccessGrant(
                row.getObject("id", UUID.class),
                row.getString("user_id"),
                row.getString("role"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
