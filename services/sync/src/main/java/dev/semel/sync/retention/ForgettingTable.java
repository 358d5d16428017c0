package dev.semel.sync.retention;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Main's log, as it is forgotten. The floor of a feed is the smallest number whose changes are all there still. Below it there is, of
 * each file, the last state up to the floor at most, and no deletion: main at any number from the floor on can be told as before.
 * Works in the transaction of its caller.
 */
public final class ForgettingTable {
    private static final String DUE = """
            SELECT feed.scope FROM semel_sync.feeds AS feed
            WHERE feed.tenant_id = ? AND feed.feed = 'main' AND feed.scope > ? AND feed.floor < feed.head
              AND (SELECT change.changed_at FROM semel_sync.file_changes AS change
                   WHERE change.tenant_id = feed.tenant_id AND change.scope = feed.scope AND change.seq > feed.floor
                   ORDER BY change.seq, change.ord
                   LIMIT 1) < statement_timestamp() - make_interval(secs => ?)
            ORDER BY feed.scope
            LIMIT ?
            """;
    /** Up to the last change before the first young one. That stays whole, as there may be more of it than is in the batch. */
    private static final String STEP = """
            SELECT feed.floor, max(batch.seq) AS next
            FROM semel_sync.feeds AS feed
            JOIN LATERAL (
                SELECT change.seq, bool_or(change.young) OVER (ORDER BY change.seq) AS young
                FROM (SELECT state.seq, state.changed_at >= statement_timestamp() - make_interval(secs => ?) AS young
                      FROM semel_sync.file_changes AS state
                      WHERE state.tenant_id = feed.tenant_id AND state.scope = feed.scope AND state.seq >= feed.floor
                      ORDER BY state.seq, state.ord
                      LIMIT ?) AS change) AS batch ON NOT batch.young
            WHERE feed.tenant_id = ? AND feed.scope = ? AND feed.feed = 'main'
            GROUP BY feed.floor
            """;

    private static final String RAISE = """
            UPDATE semel_sync.feeds SET floor = ?
            WHERE tenant_id = ? AND scope = ? AND feed = 'main' AND floor = ? AND head >= ?
            """;
    /** Begins with the files that have changed in the step: of each there is one earlier state at most. */
    private static final String FORGET_SUPERSEDED = """
            DELETE FROM semel_sync.file_changes AS old
            WHERE old.tenant_id = ? AND old.scope = ? AND old.seq < ?
              AND old.file_id IN (SELECT change.file_id FROM semel_sync.file_changes AS change
                                  WHERE change.tenant_id = ? AND change.scope = ? AND change.seq >= ? AND change.seq <= ?)
              AND EXISTS (SELECT FROM semel_sync.file_changes AS later
                          WHERE later.tenant_id = old.tenant_id AND later.scope = old.scope
                            AND later.file_id = old.file_id AND later.seq > old.seq AND later.seq <= ?)
            """;

    private static final String FORGET_DELETIONS = """
            DELETE FROM semel_sync.file_changes
            WHERE tenant_id = ? AND scope = ? AND seq >= ? AND seq < ? AND deleted
            """;
    private static final String PATIENCE = "SELECT set_config('lock_timeout', ?, true)";

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ForgettingTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From the floor to the next one. */
    record Step(long floor, long next) {}

    /** Scopes behind that one whose log has changes above the floor that are so old. */
    List<String> due(String tenant, String after, Duration age, int limit) {
        return jdbc.sql(DUE)
                .params(tenant, after, seconds(age), limit)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** How far a batch of so many rows can go; empty if nothing behind the floor is so old. */
    Optional<Step> step(String tenant, String scope, Duration age, int rows) {
        return jdbc.sql(STEP)
                .params(seconds(age), rows, tenant, scope)
                .query((row, number) -> new Step(row.getLong("floor"), row.getLong("next")))
                .optional()
                .filter(step -> step.next > step.floor);
    }

    private static double seconds(Duration age) {
        return age.toMillis() / 1e3;
    }

    /** Lets this transaction wait for no lock any longer. */
    void limitWaits(Duration limit) {
        jdbc.sql(PATIENCE)
                .param(String.valueOf(limit.toMillis()))
                .query(String.class)
                .single();
    }

    /** The only statement that waits for anybody. False if somebody else was there before. */
    boolean raise(String tenant, String scope, Step step) {
        return jdbc.sql(RAISE)
                        .params(step.next, tenant, scope, step.floor, step.next)
                        .update()
                == 1;
    }

    /** Forgets below the floor, which has been raised; answers how many rows there were. */
    long forget(String tenant, String scope, Step step) {
        long superseded = jdbc.sql(FORGET_SUPERSEDED)
                .params(tenant, scope, step.next)
                .params(tenant, scope, step.floor, step.next, step.next)
                .update();
        long deletions = jdbc.sql(FORGET_DELETIONS)
                .params(tenant, scope, step.floor, step.next)
                .update();
        return superseded + deletions;
    }
}
