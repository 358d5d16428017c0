package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Key;
import dev.semel.KeyReusedException;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.jackson.JacksonCodec;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.maintenance.PruneKeys;
import dev.semel.testkit.Shop.Order;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of keys whose retention is over. */
@ExtendWith(PostgresExtension.class)
class PruneKeysTest {
    private static final int MANY = Integer.getInteger("semel.test.prunedKeys", 200_000);

    private final TestDatabase database;
    private final Shop shop;
    private final PruneKeys job;

    PruneKeysTest(TestDatabase database) {
        this.database = database;
        shop = Shop.open(database);
        job = PruneKeys.ofDefaults(MaintenanceTransactions.of(database.pool(2)));
    }

    private long tombstones() {
        return database.number("SELECT count(*) FROM semel.idempotency_keys WHERE response_body IS NULL");
    }

    @Test
    void expiredKeysGoAndFinancialOnesLeaveATombstoneThatIsStillAnswered() throws Exception {
        Semel semel = shop.node(2);
        Outcome<Order> paid = Shop.pay(semel, "paid", Shop.TEA);
        Shop.place(semel, "placed", Shop.TEA);
        Shop.note(semel, "noted", Shop.TEA);
        shop.expireKeys();
        Shop.note(semel, "fresh", Shop.DEARER_TEA);

        assertThat(job.run()).isEqualTo(new JobResult(3, 0));

        assertThat(shop.keys()).isEqualTo(2);
        assertThat(tombstones()).isEqualTo(1);
        assertThat(Shop.pay(semel, "paid", Shop.TEA).resultId()).isEqualTo(paid.resultId());
        assertThatThrownBy(() -> Shop.pay(semel, "paid", Shop.DEARER_TEA)).isInstanceOf(KeyReusedException.class);
        assertThat(Shop.note(semel, "fresh", Shop.DEARER_TEA).replayed()).isTrue();
    }

    @Test
    void prunedKeyOfAnotherRiskExecutesAnewOnlyIfItsRowIsGone() throws Exception {
        Semel semel = shop.node(2);
        Shop.place(semel, "stands", Shop.TEA);
        Shop.note(semel, "gone", Shop.TEA);
        shop.expireKeys();
        job.run();
        shop.run("DELETE FROM shop.orders WHERE id <> (SELECT result_id FROM semel.idempotent_write_audit_log"
                + " WHERE key = 'stands')");

        assertThatThrownBy(() -> Shop.place(semel, "stands", Shop.DEARER_TEA)).isInstanceOf(KeyReusedException.class);
        assertThat(Shop.note(semel, "gone", Shop.DEARER_TEA).replayed()).isFalse();
        assertThat(shop.orders()).isEqualTo(2);
    }

    @Test
    void tombstoneGoesWhenItsTimeHasCome() throws Exception {
        Shop.pay(shop.node(2), "old", Shop.TEA);
        shop.run("UPDATE semel.idempotency_keys SET response_body = NULL, expires_at = now() - interval '7 years',"
                + " purge_at = now() - interval '1 second'");

        assertThat(job.run()).isEqualTo(new JobResult(1, 0));
        assertThat(shop.keys()).isZero();
    }

    @Test
    void lockedKeyIsPassedOverAndStaysEligible() throws Exception {
        Semel semel = shop.node(2);
        Shop.place(semel, "locked", Shop.TEA);
        Shop.place(semel, "free", Shop.TEA);
        shop.expireKeys();
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM semel.idempotency_keys WHERE key = 'locked' FOR UPDATE");

            assertThat(job.run()).isEqualTo(new JobResult(1, 1));
            other.rollback(); // a connection that is only closed lets go of its locks later
        }
        assertThat(job.run()).isEqualTo(new JobResult(1, 0));
    }

    @Test
    void maintenanceCannotRemoveOrChangeAKeyWhoseTimeHasNotCome() throws Exception {
        Shop.pay(shop.node(2), "live", Shop.TEA);
        MaintenanceTransactions maintenance = MaintenanceTransactions.of(database.uncheckedPool(1));
        for (String change : List.of(
                "DELETE FROM semel.idempotency_keys", "UPDATE semel.idempotency_keys SET response_body = NULL")) {
            int changed = maintenance.run(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate(change);
                }
            });
            assertThat(changed).as(change).isZero();
        }
        assertThat(shop.keys()).isEqualTo(1);
    }

    @Test
    void keysOfOneMomentAreAllPruned() throws Exception {
        insertExpired(9_000, "clock_timestamp() - interval '1 day' - (i % 2) * interval '1 hour'");

        assertThat(job.run()).isEqualTo(new JobResult(9_000, 0));
        assertThat(tombstones()).isEqualTo(shop.keys()).isEqualTo(3_000);
    }

    /** Statistics are of a time when next to nothing had expired, or had a response: pruning sees to that. */
    @ParameterizedTest
    @ValueSource(strings = {"response_body", "NULL"})
    void pruningReadsEachKeyAFewTimesWhateverTheStatisticsSay(String body) throws Exception {
        insertExpired(5_000, "clock_timestamp() + interval '1 hour'");
        database.run("UPDATE semel.idempotency_keys SET response_body = " + body);
        database.run("VACUUM ANALYZE semel.idempotency_keys");
        database.run("DELETE FROM semel.idempotency_keys");
        insertExpired(20_000, "clock_timestamp() - i * interval '1 millisecond'");
        long before = indexRowsRead();

        long process;
        try (HikariDataSource own = database.pool(1)) {
            assertThat(PruneKeys.ofDefaults(MaintenanceTransactions.of(own))
                            .run()
                            .done())
                    .isEqualTo(20_000);
            process = process(own);
        }
        // It tells all that it has counted when it ends.
        await().until(() -> database.number("SELECT count(*) FROM pg_stat_activity WHERE pid = " + process) == 0);
        assertThat(indexRowsRead() - before).isBetween(20_000L, 200_000L);
    }

    private static long process(HikariDataSource own) throws SQLException {
        try (Connection connection = own.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private long indexRowsRead() {
        return database.number("SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'idempotency_keys'");
    }

    /** No write waits for a lock for more than 50 ms: with that wait limit, one that does is refused by the database. */
    @Test
    void writesGoOnWhileManyKeysArePruned() throws Exception {
        Operation<Long, Long> count = Operation.standard("count", Long.class, Long.class)
                .waitLimit(Duration.ofMillis(50))
                .build();
        Semel semel = Semel.builder(Transactions.of(database.pool(4)), JacksonCodec.ofDefaults())
                .handle(count, dev.semel.Write::payload)
                .build();
        insertExpired(MANY, "clock_timestamp() - i * interval '1 millisecond'");
        AtomicBoolean pruning = new AtomicBoolean(true);
        AtomicLong written = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                int from = i * MANY / 5;
                writers.add(threads.submit(() -> {
                    for (long key = from / 3 * 3 + 1; pruning.get(); key += 3) { // between the financial ones
                        boolean replayed = semel.execute(
                                        count, Shop.caller("tenant-" + key % 20), Key.of("key-" + key), key)
                                .replayed();
                        written.addAndGet(replayed ? 0 : 1); // where the writer before it has been
                    }
                }));
            }
            JobResult result = job.run();
            pruning.set(false);
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(written.get()).isGreaterThan(100);
            assertThat(result.eligible()).isLessThan(10);
            System.out.printf("pruned %d keys while %d writes went on%n", result.done(), written.get());
        } finally {
            pruning.set(false);
            threads.shutdownNow();
        }
        assertThat(database.number("SELECT count(*) FROM semel.idempotency_keys WHERE response_body IS NOT NULL"))
                .isEqualTo(written.get());
    }

    /** Every third financial. */
    private void insertExpired(int number, String time) {
        database.run("""
                INSERT INTO semel.idempotency_keys (tenant_id, key, operation_type, payload_hash, fingerprint_version,
                       result_id, response_type, response_content_type, response_body, request_id, expires_at, purge_at)
                SELECT 'tenant-' || i %% 20, 'key-' || i, 'old', sha256(''), 1, gen_random_uuid(), 'old.v1',
                       'application/json', '{}', 'req', %s, CASE WHEN i %% 3 = 0 THEN now() + interval '7 years' ELSE %s END
                  FROM generate_series(1, %d) AS i""".formatted(time, time, number));
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection(
                database.owner().jdbcUrl(),
                database.owner().user(),
                database.owner().password());
    }
}
