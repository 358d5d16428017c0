package dev.semel.sync.pull;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts of a scope. Works in the transaction of its caller. */
final class StatusTable {
    private static final String FIND = """
            SELECT scope.scope, scope.mode, feed.epoch, feed.head, feed.floor,
                   (SELECT count(*) FROM semel_sync.files AS file
                     WHERE file.tenant_id = feed.tenant_id AND file.scope = feed.scope AND file.deleted_at IS NULL)
                       AS files,
                   (SELECT count(*) FROM semel_sync.changesets AS changeset
                     WHERE changeset.tenant_id = feed.tenant_id AND changeset.scope = feed.scope
                       AND changeset.status IN ('proposed', 'reviewing', 'ready')) AS open_changesets
            FROM semel_sync.feeds AS feed
            JOIN semel_sync.scopes AS scope ON scope.tenant_id = feed.tenant_id AND scope.scope = feed.scope
            WHERE feed.tenant_id = ? AND feed.scope = ? AND feed.feed = 'main'
            """;

    private final JdbcClient jdbc;

    StatusTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<SyncStatus> find(String tenant, String scope) {
        return jdbc.sql(FIND)
                .params(tenant, scope)
                .query((row, number) -> new SyncStatus(
                        row.getString("scope"),
                        row.getString("mode"),
                        row.getObject("epoch", UUID.class),
                        row.getLong("head"),
                        row.getLong("floor"),
                        row.getLong("files"),
                        row.getLong("open_changesets")))
                .optional();
    }
}
