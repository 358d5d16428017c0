package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.audit.AuditConfig;
import dev.semel.audit.AuditJobs;
import dev.semel.audit.AuditVerification;
import dev.semel.audit.AuditVerifier;
import dev.semel.internal.SettledIds;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An id is settled when no transaction can bring a lower one any more, also one that waits for its second phase. */
class SettledIdsTest {
    @TempDir
    private static Path folder;

    private static EmbeddedPostgres server;
    private static TestDatabase database;

    private HikariDataSource pool = database.uncheckedPool(4);
    private final SettledIds ids = new SettledIds("semel.outbox_events", "semel.outbox_events_id_seq");

    @BeforeAll
    static void start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start(port);
        database = TestDatabase.create(server.superuser());
    }

    private static void start(int port) {
        server = EmbeddedPostgres.start(EmbeddedPostgresConfig.builder(folder.resolve("data"))
                .port(port)
                .setting("max_prepared_transactions", "20")
                .build());
    }

    @AfterAll
    static void stop() {
        database.closePools();
        server.close();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private Connection owner() throws SQLException {
        Connection connection = pool.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("RESET ROLE");
        }
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Takes the inserter's lock and draws an id, as an INSERT does. */
    private static void insert(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        run(
                connection,
                "LOCK TABLE semel.outbox_events IN ROW EXCLUSIVE MODE; SELECT nextval('semel.outbox_events_id_seq')");
    }

    private long drawn() {
        return database.number("SELECT coalesce(pg_sequence_last_value('semel.outbox_events_id_seq'), 0)");
    }

    @Test
    void idsBehindAPreparedTransactionAreNotSettledBeforeItHasEnded() throws SQLException {
        try (Connection looking = owner();
                Connection late = owner()) {
            ids.advance(looking);
            long before = ids.advance(looking);
            insert(late);
            ids.advance(looking);
            ids.advance(looking);
            database.run("SELECT nextval('semel.outbox_events_id_seq')");
            run(late, "PREPARE TRANSACTION 'late'");
            for (int look = 0; look < 5; look++) {
                assertThat(ids.advance(looking)).isEqualTo(before);
            }
            late.setAutoCommit(true);
            run(late, "COMMIT PREPARED 'late'");
            ids.advance(looking);
            assertThat(ids.advance(looking)).isEqualTo(drawn());
        }
    }

    @Test
    void preparedTransactionThatOutlivesTheServersStartHoldsToo() throws SQLException {
        long before;
        try (Connection looking = owner();
                Connection late = owner()) {
            ids.advance(looking);
            before = ids.advance(looking);
            insert(late);
            ids.advance(looking);
            ids.advance(looking);
            run(late, "PREPARE TRANSACTION 'outlives'");
        }
        pool.close();
        int port = URI.create(server.superuser().jdbcUrl().substring("jdbc:".length()))
                .getPort();
        server.close();
        start(port);
        pool = database.uncheckedPool(4);
        try (Connection looking = owner()) {
            assertThat(database.number("SELECT count(*) FROM pg_locks WHERE virtualtransaction LIKE '-1/%'"))
                    .isPositive();
            for (int look = 0; look < 5; look++) {
                assertThat(ids.advance(looking)).isEqualTo(before);
            }
            run(looking, "COMMIT PREPARED 'outlives'");
            ids.advance(looking);
            assertThat(ids.advance(looking)).isEqualTo(drawn()).isGreaterThan(before);
        }
    }

    @Test
    void transactionThatWasPreparedBeforeTheFirstLookHoldsToo() throws SQLException {
        try (Connection looking = owner();
                Connection late = owner()) {
            insert(late);
            run(late, "PREPARE TRANSACTION 'earlier'");
            for (int look = 0; look < 5; look++) {
                assertThat(ids.advance(looking)).isLessThan(drawn());
            }
            late.setAutoCommit(true);
            run(late, "ROLLBACK PREPARED 'earlier'");
            ids.advance(looking);
            assertThat(ids.advance(looking)).isEqualTo(drawn());
        }
    }

    @Test
    void preparedTransactionsThatComeAndGoDoNotHoldItForEver() throws SQLException {
        try (Connection looking = owner();
                Connection one = owner();
                Connection two = owner()) {
            Connection[] writers = {one, two};
            insert(one);
            run(one, "PREPARE TRANSACTION 'x-0'");
            long settled = 0;
            long target = drawn();
            for (int i = 1; i < 20; i++) {
                Connection next = writers[i % 2];
                Connection previous = writers[(i + 1) % 2];
                insert(next);
                settled = ids.advance(looking);
                run(next, "PREPARE TRANSACTION 'x-" + i + "'");
                settled = ids.advance(looking);
                previous.setAutoCommit(true);
                run(previous, "COMMIT PREPARED 'x-" + (i - 1) + "'");
            }
            Connection last = writers[1];
            last.setAutoCommit(true);
            run(last, "COMMIT PREPARED 'x-19'");

            assertThat(settled).as("while there was always one").isGreaterThan(target);
        }
    }

    @Test
    void rowOfAPreparedTransactionIsSealedInItsPlace() throws Exception {
        MaintenanceTransactions maintenance = MaintenanceTransactions.of(database.pool(2));
        MaintenanceJob seal = AuditJobs.seal(maintenance, AuditConfig.ofDefaults());
        try (Connection late = owner()) {
            late.setAutoCommit(false);
            run(late, AuditFixture.insert("clock_timestamp()", "acme", 1));
            database.run(AuditFixture.insert("clock_timestamp()", "globex", 20));
            seal.run();
            run(late, "PREPARE TRANSACTION 'sealed'");
            seal.run();
            seal.run();
            assertThat(database.number("SELECT count(*) FROM semel.audit_seals"))
                    .isZero();
            late.setAutoCommit(true);
            run(late, "COMMIT PREPARED 'sealed'");
        }
        seal.run();
        seal.run();

        AuditVerification verification = AuditVerifier.of(maintenance).verify(YearMonth.now(ZoneOffset.UTC), List.of());
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.verifiedRows()).isEqualTo(21);
    }
}
