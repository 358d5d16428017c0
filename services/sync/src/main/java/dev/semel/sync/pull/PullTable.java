package dev.semel.sync.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The change log of main, as it is pulled. Works in the transaction of its caller. */
final class PullTable {
    /**
     * One statement, and so one snapshot: with the head read by another one, what is committed in between would be skipped. A file
     * comes with the latest of its states up to the end of the checkpoint.
     *
     * <p>The next state of a file is looked up one by one, in the order of an index: left the choice, and without statistics of a scope
     * that has just been filled, the planner reads the whole log for each state.
     */
    private static final String PAGE = """
            SELECT scope.cursor_key, feed.epoch, feed.head, feed.floor, stamped.write_id AS stamp,
                   change.seq, change.ord, change.write_id, change.file_id, change.path, change.version, change.document_id,
                   change.document_version, change.content_hash, change.size, change.deleted, change.changed_at
            FROM semel_sync.feeds AS feed
            JOIN semel_sync.scopes AS scope ON scope.tenant_id = feed.tenant_id AND scope.scope = feed.scope
            LEFT JOIN LATERAL (
                SELECT named.write_id FROM semel_sync.file_changes AS named
                WHERE named.tenant_id = feed.tenant_id AND named.scope = feed.scope AND named.seq = ?
                ORDER BY named.ord
                LIMIT 1) AS stamped ON true
            LEFT JOIN LATERAL (
                SELECT * FROM semel_sync.file_changes AS state
                WHERE state.tenant_id = feed.tenant_id AND state.scope = feed.scope
                  AND (state.seq, state.ord) > (?, ?) AND state.seq <= least(feed.head, ?)
                  AND NOT EXISTS (
                      SELECT FROM (SELECT later.seq FROM semel_sync.file_changes AS later
                                   WHERE later.tenant_id = state.tenant_id AND later.scope = state.scope
                                     AND later.file_id = state.file_id AND later.version > state.version
                                   ORDER BY later.version
                                   LIMIT 1) AS next
                      WHERE next.seq <= least(feed.head, ?))
                ORDER BY state.seq, state.ord
                LIMIT ?) AS change ON true
            WHERE feed.tenant_id = ? AND feed.scope = ? AND feed.feed = 'main'
            ORDER BY change.seq, change.ord
            """;

    private static final String HEADS = """
            SELECT scope, head FROM semel_sync.feeds WHERE tenant_id = ? AND scope = ANY (?) AND feed = 'main'
            """;

    private final JdbcClient jdbc;

    PullTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What one snapshot has.
     *
     * @param stamp which write has made the change that the cursor names; null if there is none
     * @param states in their order
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Snapshot(
            byte[] key,
            UUID epoch,
            long head,
            long floor,
            @Nullable UUID stamp,
            List<State> states) {}

    /** The latest state of a file. */
    record State(
            long seq,
            int ord,
            UUID writeId,
            String fileId,
            String path,
            long version,
            UUID documentId,
            long documentVersion,
            String contentHash,
            long size,
            boolean deleted,
            Instant changedAt) {}

    /**
     * A page of the changes behind a place; empty if there is no such scope.
     *
     * @param through the number of the last change that counts
     * @param limit most states
     */
    Optional<Snapshot> read(String tenant, String scope, Place after, long through, int limit) {
        List<State> states = new ArrayList<>();
        List<Snapshot> found = jdbc.sql(PAGE)
                .params(after.seq(), after.seq(), after.ord(), through, through, limit)
                .params(tenant, scope)
                .query((row, number) -> {
                    if (row.getString("file_id") != null) {
                        states.add(state(row));
                    }
                    return snapshot(row, states);
                })
                .list();
        return found.stream().findFirst();
    }

    Map<String, Long> heads(String tenant, Collection<String> scopes) {
        Map<String, Long> heads = new HashMap<>();
        jdbc.sql(HEADS).params(tenant, scopes.toArray(String[]::new)).query(row -> {
            heads.put(row.getString("scope"), row.getLong("head"));
        });
        return heads;
    }

    /** A place in the log. */
    record Place(long seq, int ord) {}

    private static Snapshot snapshot(ResultSet row, List<State> states) throws SQLException {
        return new Snapshot(
                row.getBytes("cursor_key"),
                row.getObject("epoch", UUID.class),
                row.getLong("head"),
                row.getLong("floor"),
                row.getObject("stamp", UUID.class),
                states);
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                row.getLong("seq"),
                row.getInt("ord"),
                row.getObject("write_id", UUID.class),
                row.getString("file_id"),
                row.getString("path"),
                row.getLong("version"),
                row.getObject("document_id", UUID.class),
                row.getLong("document_version"),
                row.getString("content_hash"),
                row.getLong("size"),
                row.getBoolean("deleted"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
