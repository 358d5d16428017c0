package dev.semel.sync.files;

import dev.semel.RejectedException;
import dev.semel.sync.text.SyncPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The paths of a scope's live files. Whoever gives a file a path takes the scope's lock on paths first, after the files' own locks: a
 * path that lies within another one's is no matter for a unique index. Works in the transaction of its caller.
 */
public final class PathTable {
    private static final String TRY_LOCK = """
            SELECT pg_try_advisory_xact_lock(hashtextextended('semel_sync paths ' || ? || '/' || ?, 0))
            """;
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtextextended('semel_sync paths ' || ? || '/' || ?, 0))
            """;
    private static final String PATIENCE = """
            SELECT current_setting('lock_timeout') AS before, set_config('lock_timeout', ?, true) AS after
            """;
    /** A wait holds a connection: whoever waits for longer is to come again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final String LOCK_TIMEOUT = "55P03";

    /**
     * Both look up key by key, in the order of the index: left the choice, and without statistics of a scope that has just been filled,
     * the planner reads the whole scope, the second time once for each key.
     */
    private static final String TAKEN = """
            SELECT nearest.live_key, nearest.path
            FROM unnest(?::text[]) AS wanted(live_key),
                 LATERAL (SELECT file.live_key, file.path, file.file_id FROM semel_sync.files AS file
                          WHERE file.tenant_id = ? AND file.scope = ? AND file.live_key >= wanted.live_key
                          ORDER BY file.live_key
                          LIMIT 1) AS nearest
            WHERE nearest.live_key = wanted.live_key AND nearest.file_id <> ALL (?)
            """;
    /** The sign behind the slash is the zero. */
    private static final String HAVING_FILES = """
            SELECT folder FROM unnest(?::text[]) AS folder
            WHERE EXISTS (SELECT FROM (SELECT file.live_key FROM semel_sync.files AS file
                                       WHERE file.tenant_id = ? AND file.scope = ? AND file.live_key > folder || '/'
                                         AND file.live_key < folder || '0' AND file.file_id <> ALL (?)
                                       ORDER BY file.live_key
                                       LIMIT 1) AS first)
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public PathTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Nobody else gives or takes paths in the scope until this transaction ends.
     *
     * @throws RejectedException if somebody else does for longer than two seconds
     */
    public void lock(String tenant, String scope) {
        if (jdbc.sql(TRY_LOCK).params(tenant, scope).query(Boolean.class).single()) {
            return;
        }
        String before = patience(LONGEST_WAIT.toMillis() + "ms");
        try {
            jdbc.sql(LOCK).params(tenant, scope).query(row -> {});
        } catch (DataAccessException e) {
            if (e.getCause() instanceof SQLException cause && LOCK_TIMEOUT.equals(cause.getSQLState())) {
                throw RejectedException.busy("PATHS_BUSY", "Others are giving paths in this scope at the moment.");
            }
            throw e;
        }
        patience(before);
    }

    /** For this transaction's next locks; answers what it was before. */
    private String patience(String timeout) {
        return jdbc.sql(PATIENCE)
                .param(timeout)
                .query((row, number) -> row.getString("before"))
                .single();
    }

    /**
     * The collisions of these paths with those of live files.
     *
     * @param moving the files that do not count, as they are given a path or deleted at once
     * @return what is wrong with each path that cannot be given
     */
    public Map<SyncPath, PathProblem> problems(
            String tenant, String scope, Collection<SyncPath> paths, Collection<String> moving) {
        if (paths.isEmpty()) {
            return Map.of();
        }
        String[] exempt = moving.toArray(String[]::new);
        Map<String, String> taken = taken(tenant, scope, paths, exempt);
        Set<String> folders = folders(tenant, scope, paths, exempt);
        Map<SyncPath, PathProblem> problems = new HashMap<>();
        for (SyncPath path : paths) {
            PathProblem problem = problem(path, taken, folders);
            if (problem != null) {
                problems.put(path, problem);
            }
        }
        return problems;
    }

    private static @Nullable PathProblem problem(SyncPath path, Map<String, String> taken, Set<String> folders) {
        String other = taken.get(path.key());
        if (other != null) {
            return other.equals(path.text()) ? PathProblem.PATH_TAKEN : PathProblem.CASE_COLLISION;
        }
        boolean nested =
                folders.contains(path.key()) || path.ancestorKeys().stream().anyMatch(taken::containsKey);
        return nested ? PathProblem.PATH_TAKEN : null;
    }

    /** Live paths by key, of these paths and of the folders that they lie in. */
    private Map<String, String> taken(String tenant, String scope, Collection<SyncPath> paths, String[] exempt) {
        Set<String> keys = new HashSet<>();
        for (SyncPath path : paths) {
            keys.add(path.key());
            keys.addAll(path.ancestorKeys());
        }
        Map<String, String> taken = new HashMap<>();
        jdbc.sql(TAKEN)
                .params(keys.toArray(String[]::new), tenant, scope, exempt)
                .query(row -> {
                    taken.put(row.getString("live_key"), row.getString("path"));
                });
        return taken;
    }

    private Set<String> folders(String tenant, String scope, Collection<SyncPath> paths, String[] exempt) {
        List<String> keys = paths.stream().map(SyncPath::key).toList();
        return new HashSet<>(jdbc.sql(HAVING_FILES)
                .params(keys.toArray(String[]::new), tenant, scope, exempt)
                .query((row, number) -> row.getString(1))
                .list());
    }
}
