package dev.semel.documents;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.documents.versions.Document;
import dev.semel.documents.versions.NewDocument;
import dev.semel.documents.versions.NewVersion;
import dev.semel.documents.versions.Version;
import dev.semel.failpoint.Failpoints;
import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import dev.semel.postgres.PostgresConnection;
import dev.semel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Documents on a real PostgreSQL, migrated by its superuser and used as an application role. */
public final class TestDocuments implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final EmbeddedPostgres postgres;
    private final TestDatabase database;
    private final DataSource uncheckedPool;
    private final DocumentsEngine engine;

    TestDocuments() {
        postgres = EmbeddedPostgres.start(EmbeddedPostgresConfig.ephemeralBuilder()
                .setting("max_connections", "100")
                .build());
        database = TestDatabase.create(postgres.superuser());
        database.migrate("db/semel/documents", "semel_documents");
        uncheckedPool = database.uncheckedPool(5);
        engine = DocumentsEngine.on(database.pool(20), Failpoints.disabled());
    }

    /** What its statements are checked by, and what the kit tries its operations on. */
    public TestDatabase database() {
        return database;
    }

    /** A tenant of its own for each test. */
    public static Caller newCaller() {
        return new Caller("tenant-" + COUNTER.incrementAndGet(), "alice", "test");
    }

    public static Key newKey() {
        return new Key("key-" + COUNTER.incrementAndGet());
    }

    DocumentsEngine engine() {
        return engine;
    }

    /** A new document, whose first version is its only one. */
    public Document document(Caller caller) {
        return engine.create(caller, newKey(), new NewDocument("Plan", "one", null, null))
                .result();
    }

    public Version append(Caller caller, UUID document, String content) {
        return engine.append(caller, newKey(), document, NewVersion.of(content)).result();
    }

    /** A document with that many versions, the first of them active. */
    public Document documentOf(Caller caller, int versions) {
        Document document = document(caller);
        for (int version = 2; version <= versions; version++) {
            append(caller, document.id(), "content " + version);
        }
        return document;
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

    /** Number, state and content of the document's versions. */
    public List<String> versions(UUID document) {
        return query("""
                SELECT version || CASE WHEN deleted THEN ' deleted' ELSE '' END || CASE WHEN d.active_version = version
                       THEN ' active' ELSE '' END
                  FROM semel_documents.document_versions v JOIN semel_documents.documents d
                    ON d.tenant_id = v.tenant_id AND d.id = v.document_id
                 WHERE document_id = ? ORDER BY version
                """, document);
    }

    /** Types of the documents' own events that the tenant's writes emitted, in their order. */
    public List<String> events(Caller caller) {
        return query(
                "SELECT type FROM semel.outbox_events WHERE tenant_id = ? AND type LIKE 'document.%' ORDER BY id",
                caller.tenant());
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

    /** A transaction of the application's role, with the tenant set and its statements unchecked. */
    public Connection begin(Caller caller) throws SQLException {
        Connection connection = uncheckedPool.getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("SELECT set_config('semel.tenant', ?, true)")) {
            statement.setString(1, caller.tenant());
            statement.execute();
        }
        return connection;
    }

    @Override
    public void close() {
        try {
            database.close();
        } finally {
            postgres.close();
        }
    }
}
