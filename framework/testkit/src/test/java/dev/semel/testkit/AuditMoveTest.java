package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Semel;
import dev.semel.audit.AuditConfig;
import dev.semel.audit.AuditJobs;
import dev.semel.audit.AuditVerification;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many rows that wait for their months reach them in batches, while everybody goes on, and each is there once at every moment. */
@ExtendWith(PostgresExtension.class)
class AuditMoveTest extends AuditFixture {
    AuditMoveTest(TestDatabase database) {
        super(database);
    }

    private MaintenanceJob partitions() {
        return AuditJobs.partitions(maintenance);
    }

    /** Of this month, of two earlier ones, and of a time that has no month. */
    private void waitingRows(int each) throws Exception {
        database.run("DROP TABLE " + partition(NOW));
        rows(NOW, "acme", each);
        rows(PAST, "acme", each);
        rows(PAST.minusMonths(1), "acme", each);
        database.run(insert("timestamptz '1999-12-31 12:00:00+00' + i * interval '1 second'", "acme", 5));
    }

    private void assertMoved(int each) {
        assertThat(count(LOG + "_default")).isEqualTo(5);
        assertThat(count(partition(PAST))).isEqualTo(each);
        assertThat(count(partition(PAST.minusMonths(1)))).isEqualTo(each);
        assertThat(count(
                        "pg_class WHERE relname IN ('audit_log_moving', 'audit_log_left', 'audit_log_moving_default')"))
                .isZero();
        assertThat(count("semel.audit_months() WHERE has_partition")).isEqualTo(5);
        assertThat(count("pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid WHERE i.inhparent = '" + LOG
                        + "'::regclass AND c.relrowsecurity AND NOT c.relforcerowsecurity"))
                .as("row-level security as on every partition")
                .isEqualTo(6);
        assertThat(count("pg_index x JOIN pg_inherits i ON i.inhrelid = x.indrelid WHERE i.inhparent = '" + LOG
                        + "'::regclass AND x.indisvalid"))
                .as("the log's indexes, and no other")
                .isEqualTo(6 * count("pg_index WHERE indrelid = '" + LOG + "'::regclass"));
    }

    @Test
    void rowsMoveWhileTheyAreWrittenReadSealedAndVerified() throws Exception {
        waitingRows(6_000);
        Semel semel = shop.node(6);
        Shop.pay(semel, "globex", "warm", Shop.TEA);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger(1);
        AtomicLong longest = new AtomicLong();
        AtomicInteger looks = new AtomicInteger();
        List<Callable<Integer>> together = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            int number = writer;
            together.add(() -> {
                for (int i = 0; !done.get(); i++) {
                    long start = System.nanoTime();
                    Shop.pay(semel, "globex", "k-" + number + "-" + i, Shop.TEA);
                    longest.accumulateAndGet(System.nanoTime() - start, Math::max);
                    written.incrementAndGet();
                }
                return 0;
            });
        }
        together.add(() -> {
            while (!done.get()) {
                assertThat(count(LOG + " WHERE tenant_id = 'acme'"))
                        .as("each row once at every moment")
                        .isEqualTo(18_005);
                looks.incrementAndGet();
            }
            return 0;
        });
        together.add(() -> {
            while (!done.get()) {
                seal();
                assertThat(verify().findings()).isEmpty();
            }
            return 0;
        });
        together.add(() -> {
            try {
                JobResult result = partitions().run();
                for (int again = 0; again < 10 && result.eligible() > 0; again++) {
                    result = partitions().run();
                }
                return (int) result.eligible();
            } finally {
                done.set(true);
            }
        });
        Together.returned(Together.run(together));

        assertMoved(6_000);
        seal();
        seal();
        AuditVerification verification = verify();
        assertThat(verification.findings()).isEmpty();
        assertThat(count(LOG)).isEqualTo(18_005 + written.get());
        assertThat(verification.verifiedRows()).isEqualTo(18_000 + written.get());
        assertThat(looks).hasValueGreaterThan(3);
        System.out.printf(
                "moved 18,000 rows beside %d writes; the longest took %d ms; %d looks%n",
                written.get(), longest.get() / 1_000_000, looks.get());
        assertThat(Duration.ofNanos(longest.get())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void noTransactionOfTheMoveTouchesMoreThanABatch() throws Exception {
        waitingRows(3_000);
        AtomicLong most = new AtomicLong();
        AtomicLong before = new AtomicLong(count(LOG + "_default"));
        MaintenanceTransactions counted =
                MaintenanceTransactions.of(InterceptedDataSource.of(database.pool(1), new StatementHook() {
                    @Override
                    public void after(String sql) {
                        if (sql.equals("commit")) {
                            long moving = existing("semel.audit_log_moving");
                            long left = existing("semel.audit_log_left");
                            long moved = moving > 0 ? moving : left;
                            most.accumulateAndGet(Math.abs(moved - before.getAndSet(moved)), Math::max);
                        }
                    }
                }));
        before.set(0);

        assertThat(AuditJobs.partitions(counted).run()).isEqualTo(new JobResult(3, 0));

        assertMoved(3_000);
        assertThat(most).hasValueLessThanOrEqualTo(2_000);
    }

    private long existing(String table) {
        return database.number("SELECT count(*) FROM pg_class WHERE oid = to_regclass('" + table + "')") == 0
                ? 0
                : count(table);
    }

    @Test
    void writesDoNotQueueBehindASwapThatHasToWait() throws Exception {
        waitingRows(1_000);
        Semel semel = shop.node(4);
        Shop.pay(semel, "globex", "warm", Shop.TEA);
        try (Connection reader = pool.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT FROM " + LOG);
            var moving = Together.async(() -> partitions().run());
            long longest = 0;
            for (int i = 0; !moving.isDone(); i++) {
                long start = System.nanoTime();
                Shop.pay(semel, "globex", "k" + i, Shop.TEA);
                longest = Math.max(longest, System.nanoTime() - start);
            }
            assertThat(moving.get()).isEqualTo(new JobResult(0, 3));
            System.out.printf("the longest write beside 20 swaps that had to wait: %d ms%n", longest / 1_000_000);
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(5));
            reader.rollback();
        }
        assertThat(count(LOG + " WHERE tenant_id = 'acme'")).isEqualTo(3_005);
        assertThat(partitions().run()).isEqualTo(new JobResult(3, 0));
        assertMoved(1_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void crashAfterEachStepIsGoneOnFrom(boolean afterItTookEffect) throws Exception {
        int tried = 0;
        boolean failed = true;
        for (int call = 1; failed; call++) {
            shop.run("TRUNCATE " + LOG + ", semel.audit_anchors, semel.audit_seals");
            database.run("DROP TABLE IF EXISTS " + partition(PAST) + ", " + partition(PAST.minusMonths(1)));
            makeMonth(NOW);
            waitingRows(340);
            job("audit-seal", AuditConfig.ofDefaults()).run();
            failed = crashed(call, afterItTookEffect);
            assertThat(count(LOG)).as("call %s", call).isEqualTo(1_025);
            assertThat(verify().findings()).as("call %s", call).isEmpty();

            partitions().run();

            assertMoved(340);
            assertThat(count(LOG)).isEqualTo(1_025);
            assertThat(verify().findings()).as("call %s", call).isEmpty();
            assertThat(verify().verifiedRows()).isEqualTo(1_020);
            tried = call;
        }
        System.out.printf("a move was broken off at %d places%n", tried - 1);
        assertThat(tried).isGreaterThan(30);
    }

    /** Whether the run got so far at all. */
    private boolean crashed(int call, boolean afterItTookEffect) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        AtomicBoolean reached = new AtomicBoolean();
        HikariDataSource own = database.pool(1);
        MaintenanceTransactions failing = MaintenanceTransactions.of(InterceptedDataSource.of(own, new StatementHook() {
            @Override
            public void before(String sql) throws SQLException {
                reached.compareAndSet(false, calls.incrementAndGet() == call);
                if (reached.get() && !afterItTookEffect) {
                    throw new SQLException("the process is gone", "57P01");
                }
            }

            @Override
            public void after(String sql) throws SQLException {
                if (reached.get() && afterItTookEffect) {
                    throw new SQLException("the process is gone", "57P01");
                }
            }
        }));
        try {
            AuditJobs.partitions(failing).run();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("57P01");
        }
        own.close();
        return reached.get();
    }

    @Test
    void twoNodesThatMoveAtOnceMoveEachRowOnce() throws Exception {
        waitingRows(2_500);
        List<Callable<Integer>> nodes = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            nodes.add(() -> {
                partitions().run();
                return 0;
            });
        }
        Together.returned(Together.run(nodes));
        partitions().run();

        assertMoved(2_500);
        assertThat(count(LOG)).isEqualTo(7_505);
    }

    /** Only by hand can a row come under an id that was settled. */
    @Test
    void rowThatTheMoveHasMissedIsKeptAndTold() throws Exception {
        waitingRows(1_000);
        database.run("SELECT semel.audit_move_begin(); SELECT semel.audit_move_copy(1000000, 10000)");
        database.run(insert("timestamptz '" + PAST + "-20 12:00:00+00'", "initech", 1));
        database.run("UPDATE " + LOG + " SET id = 0 WHERE tenant_id = 'initech'");

        assertThatThrownBy(partitions()::run)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));

        assertThat(count("semel.audit_log_left")).isEqualTo(1);
        assertThat(count(LOG)).isEqualTo(3_005);
        assertThat(count("semel.audit_months() WHERE has_partition"))
                .as("no month is kept back by it")
                .isEqualTo(5);

        database.run("DROP TABLE " + partition(NOW.plusMonths(2)));
        assertThatThrownBy(partitions()::run).isInstanceOf(SQLException.class);
        assertThat(count("semel.audit_months() WHERE has_partition")).isEqualTo(5);
    }

    @Test
    void lateRowsOfAClosedMonthAreNotMovedInCircles() throws Exception {
        makeMonth(PAST);
        database.run("INSERT INTO semel.audit_anchors (month, state, head) VALUES ('" + PAST
                + "-01', 'DROPPED', sha256(''));" + "DROP TABLE " + partition(PAST));
        rows(PAST, "acme", 1_500);

        assertThat(partitions().run()).isEqualTo(new JobResult(0, 1));

        assertThat(count(LOG + "_default")).isEqualTo(1_500);
        database.run("DROP TABLE " + partition(NOW.plusMonths(2)));
        assertThat(partitions().run())
                .as("but with them where a month is missing")
                .isEqualTo(new JobResult(1, 1));
        assertThat(count(LOG + "_default")).isEqualTo(1_500);
    }

    @Test
    void monthsAreMadeOneByOneWhileFewRowsWait() throws Exception {
        rows(PAST, "acme", 1_000);
        assertThat(job("audit-partitions", AuditConfig.ofDefaults()).run()).isEqualTo(new JobResult(1, 0));
        assertThat(count(partition(PAST))).isEqualTo(1_000);
    }
}
