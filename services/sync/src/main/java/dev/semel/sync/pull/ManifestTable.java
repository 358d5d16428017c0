package dev.semel.sync.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Main as it was at one of its changes. Works in the transaction of its caller. */
final class ManifestTable {
    private static final String HEAD = """
            SELECT scope.cursor_key, feed.epoch, feed.head, feed.floor, stamped.write_id AS stamp
            FROM semel_sync.feeds AS feed
            JOIN semel_sync.scopes AS scope ON scope.tenant_id = feed.tenant_id AND scope.scope = feed.scope
            LEFT JOIN LATERAL (
                SELECT named.write_id FROM semel_sync.file_changes AS named
                WHERE named.tenant_id = feed.tenant_id AND named.scope = feed.scope AND named.seq = feed.head
                ORDER BY named.ord
                LIMIT 1) AS stamped ON true
            WHERE feed.tenant_id = ? AND feed.scope = ? AND feed.feed = 'main'
            """;
    /** As {@link PullTable} looks for later states. */
    private static final String LIVE = """
            SELECT state.file_id, state.path AS server_path, state.version, state.content_hash
            FROM semel_sync.file_changes AS state
            WHERE state.tenant_id = ? AND state.scope = ? AND state.seq <= ? AND NOT state.deleted AND state.file_id > ?
              AND NOT EXISTS (
                  SELECT FROM (SELECT later.seq FROM semel_sync.file_changes AS later
                               WHERE later.tenant_id = state.tenant_id AND later.scope = state.scope
                                 AND later.file_id = state.file_id AND later.version > state.version
                               ORDER BY later.version
                               LIMIT 1) AS next
                  WHERE next.seq <= ?)
            ORDER BY state.file_id
            """;

    private static final String PAGE = LIVE + "LIMIT ?";

    private final JdbcClient jdbc;

    ManifestTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where main is now. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Head(
            byte[] cursorKey,
            UUID epoch,
            long head,
            long floor,
            @Nullable UUID stamp) {}

    Optional<Head> head(String tenant, String scope) {
        return jdbc.sql(HEAD)
                .params(tenant, scope)
                .query((row, number) -> new Head(
                        row.getBytes("cursor_key"),
                        row.getObject("epoch", UUID.class),
                        row.getLong("head"),
                        row.getLong("floor"),
                        row.getObject("stamp", UUID.class)))
                .optional();
    }

    private static ManifestEntry entry(ResultSet row, int number) throws SQLException {
        return new ManifestEntry(
                row.getString("file_id"),
                row.getString("server_path"),
                row.getLong("version"),
                row.getString("content_hash"));
    }

    /** The live files behind an id, in the order of their ids. */
    List<ManifestEntry> page(String tenant, String scope, long head, String after, int limit) {
        return jdbc.sql(PAGE)
                .params(tenant, scope, head, after, head, limit)
                .query(ManifestTable::entry)
                .list();
    }

    /** All live files, in the order of their ids, a few at a time. */
    void forEach(String tenant, String scope, long head, Consumer<ManifestEntry> taker) {
        try (var entries = jdbc
                .sql(LIVE)
                .params(tenant, scope, head, "", head)
                .withFetchSize(500)
                .query(ManifestTable::entry)
                .stream()) {
            entries.forEach(taker);
        }
    }
}
