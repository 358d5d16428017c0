package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Key;
import dev.semel.KeyReusedException;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.audit.AuditEntry;
import dev.semel.audit.AuditListener;
import dev.semel.audit.AuditStatus;
import dev.semel.audit.AuditWriter;
import dev.semel.testkit.Shop.NewOrder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What wrote nothing is audited too, beside the calls and never in their way. */
@ExtendWith(PostgresExtension.class)
class AuditTrailTest extends AuditFixture implements AuditListener {
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger outages = new AtomicInteger();
    private final AtomicInteger insertsToError = new AtomicInteger();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private AuditWriter writer;

    AuditTrailTest(TestDatabase database) {
        super(database);
        writer = builder().build();
    }

    private AuditWriter.Builder builder() {
        return AuditWriter.builder(Transactions.of(InterceptedDataSource.of(pool, new StatementHook() {
                    @Override
                    public void before(String sql) throws SQLException {
                        if (gate.getCount() > 0) {
                            stalled.countDown();
                            await(gate);
                        }
                        if (sql.contains("INSERT") && insertsToError.getAndDecrement() == 1) {
                            throw new StackOverflowError("deep in the driver");
                        }
                        if (outages.get() > 0 && outages.decrementAndGet() >= 0) {
                            throw new SQLException("the database is away", "08006");
                        }
                    }
                })))
                .listener(this);
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "57014", e);
        }
    }

    @Override
    public void written(int entries) {
        written.addAndGet(entries);
    }

    @Override
    public void lost(int entries) {
        lost.addAndGet(entries);
        throw new IllegalStateException("a listener that fails");
    }

    @AfterEach
    void close() {
        gate.countDown();
        writer.close();
    }

    private void restart(AuditWriter.Builder builder) {
        writer.close();
        writer = builder.build();
    }

    private void add(String tenant, String user, String resource) {
        Call<NewOrder, ?> call = new Call<>(
                Shop.PAY_ORDER,
                new Caller(tenant, user, "req-1"),
                Key.of("k"),
                Shop.TEA,
                Fingerprint.of("payOrder", Map.of(), new byte[0]),
                Map.of(),
                Shop::insert);
        writer.add(new AuditEntry(call, null, resource, AuditStatus.REFUSED, "KEY_REUSED", Duration.ofMillis(1)));
    }

    private void flush() {
        assertThat(writer.flush(Duration.ofSeconds(30))).isTrue();
    }

    private long rows(String where) {
        return count(LOG + " WHERE " + where);
    }

    @Test
    void replaysRefusalsAndFailuresAreAuditedWithTheirCodes() {
        Semel semel = Shop.engine(pool, write -> {
                    if (write.payload().item().equals("poison")) {
                        throw new IllegalStateException("secret details");
                    }
                    return Shop.insert(write);
                })
                .auditTrail(writer)
                .build();
        Shop.pay(semel, "k1", Shop.TEA);
        Shop.pay(semel, "k1", Shop.TEA);
        assertThatThrownBy(() -> Shop.pay(semel, "k1", Shop.DEARER_TEA)).isInstanceOf(KeyReusedException.class);
        assertThatThrownBy(() -> Shop.pay(semel, "globex", "k2", new NewOrder("poison", Shop.TEA.amount())))
                .isInstanceOf(IllegalStateException.class);
        flush();

        assertThat(rows("status = 'EXECUTED' AND tenant_id = 'acme' AND code IS NULL"))
                .isEqualTo(1);
        assertThat(rows("status = 'REPLAYED' AND key = 'k1' AND code IS NULL AND result_id ="
                        + " (SELECT result_id FROM " + LOG + " WHERE status = 'EXECUTED')"))
                .isEqualTo(1);
        assertThat(rows("status = 'REFUSED' AND code = 'IDEMPOTENCY_KEY_REUSED' AND result_id IS NULL"))
                .isEqualTo(1);
        assertThat(rows("status = 'FAILED' AND tenant_id = 'globex' AND code = 'HANDLER_FAILED'"))
                .isEqualTo(1);
        assertThat(rows("true")).isEqualTo(4);
        assertThat(written).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul \0", "lone \ud800", "lone \udc00 again"})
    void entryThatNoDatabaseStoresIsLostAloneAndCounted(String hostile) {
        for (int i = 0; i < 20; i++) {
            add("acme", "alice", "order-" + i);
            add("acme", "alice", i == 7 ? hostile : "order");
            add("acme", i == 8 ? hostile : "alice", "order");
        }
        flush();

        assertThat(rows("true")).isEqualTo(58);
        assertThat(written).hasValue(58);
        assertThat(lost).hasValue(2);
    }

    /** Should the database refuse what this JVM took for storable: its neighbours are still written. */
    @Test
    void entryThatTheDatabaseRefusesIsLostAloneAndCounted() {
        database.run("ALTER TABLE " + LOG + " ADD CONSTRAINT no_mallory CHECK (user_id <> 'mallory')");
        try {
            for (int i = 0; i < 20; i++) {
                add("acme", i == 7 ? "mallory" : "alice", "order");
            }
            flush();
        } finally {
            database.run("ALTER TABLE " + LOG + " DROP CONSTRAINT no_mallory");
        }

        assertThat(rows("true")).isEqualTo(19);
        assertThat(lost).hasValue(1);
    }

    @Test
    void addNeverWaitsAndWhatFindsNoRoomIsCounted() throws InterruptedException {
        restart(builder().capacity(50).batchSize(10));
        gate = new CountDownLatch(1);
        add("acme", "alice", "first");
        assertThat(stalled.await(20, TimeUnit.SECONDS)).isTrue();

        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            add("acme", "alice", "order");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(lost).hasValue(950);

        gate.countDown();
        flush();
        assertThat(written).hasValue(51);
        assertThat(rows("true")).isEqualTo(51);
    }

    @Test
    void errorInTheMidstOfABatchCountsEachRowOnce() throws InterruptedException {
        gate = new CountDownLatch(1);
        add("acme", "alice", "first");
        assertThat(stalled.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 9; i++) {
            add(List.of("acme", "globex", "initech").get(i % 3), "alice", "order-" + i);
        }
        insertsToError.set(3); // the first entry's, then acme's: globex's fails
        gate.countDown();
        flush();

        assertThat(lost).hasValue(3);
        assertThat(written).hasValue(7);
        assertThat(rows("true")).isEqualTo(7);
        assertThat(rows("tenant_id = 'globex'")).isZero();
    }

    @Test
    void entriesOutliveAnOutage() {
        outages.set(4);
        for (int i = 0; i < 10; i++) {
            add(i % 2 == 0 ? "acme" : "globex", "alice", "order-" + i);
        }
        flush();

        assertThat(rows("true")).isEqualTo(10);
        assertThat(lost).hasValue(0);
    }

    @Test
    void entriesOfADatabaseThatStaysAwayAreLostAndCounted() {
        restart(builder().patience(Duration.ofMillis(200)));
        outages.set(Integer.MAX_VALUE);
        add("acme", "alice", "order");
        flush();
        outages.set(0);
        add("acme", "alice", "later");
        flush();

        assertThat(lost).hasValue(1);
        assertThat(rows("resource_id = 'later'")).isEqualTo(1);
    }

    @Test
    void closeWritesWhatIsQueued() {
        for (int i = 0; i < 500; i++) {
            add("acme", "alice", "order-" + i);
        }
        writer.close();

        assertThat(rows("true")).isEqualTo(500);
        add("acme", "alice", "too late");
        assertThat(lost).hasValue(1);
    }

    @Test
    void closeIsBoundedAndTheRestIsCounted() {
        restart(builder().drainLimit(Duration.ofMillis(300)).batchSize(10));
        outages.set(Integer.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            add("acme", "alice", "order-" + i);
        }
        long start = System.nanoTime();
        writer.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(lost).hasValue(100);
        assertThat(written).hasValue(0);
    }
}
