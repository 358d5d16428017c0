package dev.semel.sync;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.RejectedException;
import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import dev.semel.postgres.PostgresConnection;
import dev.semel.sync.pull.PullAnswer;
import dev.semel.sync.pull.PullRequest;
import dev.semel.sync.pull.PulledFile;
import dev.semel.sync.push.OpResult;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.scopes.NewScope;
import dev.semel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Sync on a real PostgreSQL, migrated by its superuser and used as an application role. */
public final class TestSync implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final EmbeddedPostgres postgres;
    private final TestDatabase database;
    private final TestBlobs blobs;
    private final SyncEngine engine;
    private final List<SyncEngine> processes;

    TestSync() {
        postgres = EmbeddedPostgres.start(EmbeddedPostgresConfig.ephemeralBuilder()
                .setting("max_connections", "100")
                .build());
        database = TestDatabase.create(postgres.superuser());
        database.migrate("db/semel/documents", "semel_documents");
        database.migrate("db/semel/sync", "semel_sync");
        DataSource pool = database.pool(20);
        blobs = new TestBlobs(pool);
        engine = SyncEngine.on(pool, blobs);
        processes = Stream.generate(() -> SyncEngine.on(pool, blobs)).limit(4).toList();
    }

    /** What its statements are checked by, and what the kit tries its operations on. */
    public TestDatabase database() {
        return database;
    }

    TestBlobs blobs() {
        return blobs;
    }

    SyncEngine engine() {
        return engine;
    }

    /** One of four beside that: calls of one process wait in turn, those of several meet in the database. */
    SyncEngine process(int number) {
        return processes.get(number);
    }

    /** A tenant of its own for each test. */
    public static Caller newCaller() {
        return new Caller("tenant-" + COUNTER.incrementAndGet(), "alice", "test");
    }

    public static Key newKey() {
        return new Key("key-" + COUNTER.incrementAndGet());
    }

    public static String newId() {
        return "changeset-" + COUNTER.incrementAndGet();
    }

    /** A scope of a name of its own. */
    public String scope(Caller caller, String mode) {
        String name = "scope-" + COUNTER.incrementAndGet();
        engine.createScope(caller, newKey(), new NewScope(name, mode, false));
        return name;
    }

    public static PushOp put(String fileId, String path, long base, String content) {
        return new PushOp("upsert", fileId, path, base, content, null);
    }

    public static PushOp delete(String fileId, long base) {
        return new PushOp("delete", fileId, null, base, null, null);
    }

    public static PushRequest request(String scope, String id, PushOp... ops) {
        return PushRequest.of(scope, id, List.of(ops));
    }

    public PushAnswer push(Caller caller, String scope, PushOp... ops) {
        return engine.push(caller, request(scope, newId(), ops)).result();
    }

    public PullAnswer pull(Caller caller, String scope, @Nullable Object since, int limit) {
        return engine.pulls().pulling().pull(caller.tenant(), new PullRequest(scope, since, limit, null, null));
    }

    /** What a refused push was told of its files. */
    public static Map<String, Long> serverVersions(RejectedException refusal) {
        return ((List<?>) refusal.members().get("results"))
                .stream()
                        .map(OpResult.class::cast)
                        .collect(Collectors.toMap(
                                OpResult::fileId, result -> Objects.requireNonNull(result.serverVersion())));
    }

    /** Files that main has nothing of although they were pushed with a base. */
    public static List<String> unknown(RejectedException refusal) {
        return ((List<?>) refusal.members().get("results"))
                .stream()
                        .map(OpResult.class::cast)
                        .filter(result -> Set.of("conflict", "not_found").contains(result.status())
                                && Long.valueOf(0).equals(result.serverVersion()))
                        .map(OpResult::fileId)
                        .toList();
    }

    /** All that there is, as {@code id version path content}; what is deleted has a cross for its content. */
    public List<String> main(Caller caller, String scope) {
        return pull(caller, scope, 0, 1_000).changes().stream()
                .map(TestSync::line)
                .sorted()
                .toList();
    }

    static String line(PulledFile file) {
        return file.fileId() + " " + file.version() + " " + file.serverPath() + " "
                + (file.deleted() ? "✗" : file.content());
    }

    /** What a query finds past row-level security, one line for each row. */
    public List<String> query(String sql, Object... parameters) {
        try (Connection connection = superuser();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void asSuperuser(String sql) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As if the keys of the tenant had expired and been pruned long ago. */
    public void forgetKeys(Caller caller) {
        asSuperuser("DELETE FROM semel.idempotency_keys WHERE tenant_id = '" + caller.tenant() + "'");
    }

    private Connection superuser() throws SQLException {
        PostgresConnection superuser = database.owner();
        return DriverManager.getConnection(superuser.jdbcUrl(), superuser.user(), superuser.password());
    }

    @Override
    public void close() {
        try {
            engine.close();
            processes.forEach(SyncEngine::close);
            database.close();
        } finally {
            postgres.close();
        }
    }
}
