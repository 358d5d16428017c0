package dev.semel.sync.scopes;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.scopes}. Works in the transaction of its caller. */
public final class ScopeTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.scopes (tenant_id, scope, id, mode, separation_of_duties, created_by)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant_id, scope) DO NOTHING
            RETURNING id, scope, mode, separation_of_duties, created_at
            """;
    private static final String FIND = """
            SELECT id, scope, mode, separation_of_duties, created_at FROM semel_sync.scopes
            WHERE tenant_id = ? AND scope = ?
            """;
    private static final String FIND_BY_ID = """
            SELECT id, scope, mode, separation_of_duties, created_at FROM semel_sync.scopes
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String PAGE = """
            SELECT id, scope, mode, separation_of_duties, created_at FROM semel_sync.scopes
            WHERE tenant_id = ? AND scope > ?
            ORDER BY scope
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ScopeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty if there is one of that name. */
    Optional<Scope> insert(Write<NewScope> write) {
        NewScope asked = write.payload();
        return jdbc.sql(INSERT)
                .params(write.tenant(), asked.scope(), write.resultId(), asked.mode())
                .params(
                        Boolean.TRUE.equals(asked.separationOfDuties()),
                        write.caller().user())
                .query(ScopeTable::row)
                .optional();
    }

    /**
     * The tenant's scope of that name.
     *
     * @throws RejectedException if there is none
     */
    public Scope require(String tenant, String scope) {
        return jdbc.sql(FIND)
                .params(tenant, scope)
                .query(ScopeTable::row)
                .optional()
                .orElseThrow(() -> RejectedException.notFound("There is no such scope."));
    }

    /** The scope that a write has made. */
    public Optional<Scope> findById(String tenant, UUID id) {
        return jdbc.sql(FIND_BY_ID).params(tenant, id).query(ScopeTable::row).optional();
    }

    /** The tenant's scopes, in the order of their names. */
    public Page<Scope> page(String tenant, PageRequest request) {
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, NamePosition.of(request).name(), request.fetch())
                        .query(ScopeTable::row)
                        .list(),
                request,
                scope -> new NamePosition(scope.scope()).cursor());
    }

    private static Scope row(ResultSet row, int number) throws SQLException {
        return new Scope(
                row.getObject("id", UUID.class),
                row.getString("scope"),
                row.getString("mode"),
                row.getBoolean("separation_of_duties"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
