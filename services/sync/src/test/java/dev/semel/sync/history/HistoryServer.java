package dev.semel.sync.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.postgres.PostgresConnection;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.sync.ProofEngine;
import dev.semel.sync.TestSync;
import dev.semel.sync.proof.NoBlobs;
import dev.semel.sync.pull.ManifestEntry;
import dev.semel.sync.pull.PullAnswer;
import dev.semel.sync.pull.PullRequest;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.retention.ForgetChanges;
import dev.semel.sync.retention.Forgetting;
import dev.semel.sync.scopes.NewScope;
import dev.semel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The server of a history: can be backed up, and put back to what it was, which stops and starts it. */
final class HistoryServer implements AutoCloseable {
    private static final String SCOPE = "docs";

    private final TestDatabase database;
    private final Caller caller = new Caller("tenant-history", "alice", "history");
    private ProofEngine engine;
    private ForgetChanges forgetting;
    private int pushes;

    HistoryServer(TestDatabase database) {
        this.database = database;
        this.engine = start();
        this.forgetting = forgetting();
        engine.createScope(caller, new NewScope(SCOPE, "direct", null));
    }

    private ProofEngine start() {
        return ProofEngine.on(database.uncheckedPool(2), new NoBlobs());
    }

    private ForgetChanges forgetting() {
        DataSource pool = database.uncheckedPool(1);
        return Forgetting.inBatches(
                new SpringTransactions(new JdbcTransactionManager(pool), pool),
                JdbcClient.create(pool),
                List.of(caller.tenant()),
                60);
    }

    /** As if all changes up to that one had been made long ago, and the job had run. */
    void forget(long through) {
        database.run("UPDATE semel_sync.file_changes SET changed_at = changed_at - interval '91 days' WHERE seq <= "
                + through + " AND changed_at > now() - interval '90 days'");
        try {
            assertThat(forgetting.run().eligible()).isZero();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    PushAnswer push(List<PushOp> ops) {
        return engine.push(caller, TestSync.request(SCOPE, "push-" + ++pushes, ops.toArray(PushOp[]::new)))
                .result();
    }

    PullAnswer pull(Object cursor, int limit) {
        return engine.pull(caller.tenant(), new PullRequest(SCOPE, cursor, limit, null, null));
    }

    Set<String> manifestIds() {
        return engine.manifest(caller.tenant(), SCOPE).items().stream()
                .map(ManifestEntry::fileId)
                .collect(Collectors.toSet());
    }

    String manifestHash() {
        return engine.manifest(caller.tenant(), SCOPE).hash();
    }

    void backUp() {
        copy(name(), name() + "_backup");
    }

    void restore() {
        copy(name() + "_backup", name());
    }

    private String name() {
        return database.owner().jdbcUrl().replaceFirst("^.*/([^/?]+).*$", "$1");
    }

    private void copy(String from, String to) {
        engine.close();
        database.closePools();
        administer("DROP DATABASE IF EXISTS " + to + " WITH (FORCE)");
        administer("CREATE DATABASE " + to + " TEMPLATE " + from);
        engine = start();
        forgetting = forgetting();
    }

    private void administer(String sql) {
        PostgresConnection owner = database.owner();
        String url = owner.jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/postgres$1");
        try (Connection connection = DriverManager.getConnection(url, owner.user(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
