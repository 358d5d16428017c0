package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.LeaseLostException;
import dev.semel.Transactions;
import dev.semel.lease.Lease;
import dev.semel.lease.LeaseListener;
import dev.semel.lease.Leases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LeaseTest {
    private static final Duration LENGTH = Duration.ofMillis(600);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestDatabase database;
    private final DataSource pool;
    private final List<Leases> nodes = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();

    LeaseTest(TestDatabase database) {
        this.database = database;
        database.closePools();
        database.run("TRUNCATE semel.leases");
        pool = database.pool(10);
    }

    @AfterEach
    void close() {
        nodes.forEach(Leases::close);
    }

    private Leases node() {
        return node(pool);
    }

    private Leases node(DataSource source) {
        Leases leases = Leases.of(Transactions.of(source), new Told());
        nodes.add(leases);
        return leases;
    }

    @Test
    void overrunHolderIsFencedOffAndItsLateUnlockLetsNobodyIn() throws Exception {
        Leases nodeOfA = node();
        Lease a = nodeOfA.tryAcquire("acme", "publish", LENGTH).orElseThrow();
        nodeOfA.close(); // A is paused: nothing renews its lease
        Lease b =
                node().acquire("acme", "publish", LONG, Duration.ofSeconds(10)).orElseThrow();

        assertThat(b.fence()).isEqualTo(a.fence() + 1);
        assertThatThrownBy(() -> protectedWrite(a)).isInstanceOf(LeaseLostException.class);
        a.close();
        assertThat(node().tryAcquire("acme", "publish", LONG)).isEmpty();
        protectedWrite(b);
        assertThat(told).contains("expired", "fenced", "late");
        assertThat(told.stream().filter("late"::equals)).hasSize(1);
    }

    @Test
    void takerWaitsForAnOpenProtectedTransaction() throws Exception {
        Leases nodeOfA = node();
        Lease a = nodeOfA.tryAcquire("acme", "publish", LENGTH).orElseThrow();
        nodeOfA.close();

        Optional<Lease> taken = Transactions.of(pool).run(connection -> {
            setTenant(connection, "acme");
            a.requireHeld(connection);
            Thread.sleep(LENGTH.toMillis() * 2);
            return node().tryAcquire("acme", "publish", LONG);
        });

        assertThat(taken).isEmpty();
        assertThat(node().tryAcquire("acme", "publish", LONG)).isPresent();
    }

    @Test
    void renewalKeepsALeaseBeyondItsLength() throws Exception {
        Lease a = node().tryAcquire("acme", "publish", LENGTH).orElseThrow();

        Thread.sleep(LENGTH.toMillis() * 3);

        assertThat(node().tryAcquire("acme", "publish", LONG)).isEmpty();
        protectedWrite(a);
    }

    @Test
    void longProtectedTransactionNeitherLosesItsLeaseNorHoldsUpTheRenewalOfOthers() throws Exception {
        Leases leases = node();
        Lease other = leases.tryAcquire("acme", "other", LENGTH).orElseThrow();
        Lease own = leases.tryAcquire("acme", "publish", LENGTH).orElseThrow();

        Transactions.of(pool).run(connection -> {
            setTenant(connection, "acme");
            own.requireHeld(connection);
            Thread.sleep(LENGTH.toMillis() * 3);
            assertThat(node().tryAcquire("acme", "other", LONG)).isEmpty();
            own.close(); // waits for nobody, not even for this transaction
            return null;
        });

        protectedWrite(other);
        assertThat(node().acquire("acme", "publish", LONG, Duration.ofSeconds(10)))
                .isPresent();
    }

    @Test
    void closedLeasesAcquireNothing() {
        Leases leases = node();
        leases.close();

        assertThatThrownBy(() -> leases.tryAcquire("acme", "publish", LONG)).isInstanceOf(IllegalStateException.class);
        assertThat(database.number("SELECT count(*) FROM semel.leases")).isZero();
    }

    @Test
    void releasedTargetIsFreeAtOnceAndItsFenceGoesOn() {
        Lease first = node().tryAcquire("acme", "publish", LONG).orElseThrow();
        first.close();
        first.close();

        Lease second = node().tryAcquire("acme", "publish", LONG).orElseThrow();

        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(told).doesNotContain("expired", "late");
    }

    @Test
    void tenantsDoNotShareTargets() {
        assertThat(node().tryAcquire("acme", "publish", LONG)).isPresent();
        assertThat(node().tryAcquire("globex", "publish", LONG)).isPresent();
        assertThat(node().tryAcquire("acme", "publish", LONG)).isEmpty();
    }

    @Test
    void waitingHoldsNoConnection() throws Exception {
        DataSource one = database.pool(1);
        Leases leases = node(one);
        Lease held = leases.tryAcquire("acme", "publish", LONG).orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Optional<Lease>>> waiters = IntStream.range(0, 8)
                    .mapToObj(i ->
                            threads.submit(() -> leases.acquire("acme", "publish", LONG, Duration.ofMillis(1_500))))
                    .toList();
            for (int i = 0; i < 20; i++) {
                Transactions.of(one).run(connection -> null);
            }
            held.close();
            long winners = 0;
            for (Future<Optional<Lease>> waiter : waiters) {
                winners += waiter.get().isPresent() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void atMostOneHolderAtATimeAndFencesOnlyGrow() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicLong lastFence = new AtomicLong();
        AtomicInteger backwards = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> racing = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 16; i++) {
                racing.add(threads.submit(() -> {
                    for (int round = 0; round < 5; round++) {
                        try (Lease lease = node().acquire("acme", "race", LONG, Duration.ofSeconds(60))
                                .orElseThrow()) {
                            most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                            if (lastFence.getAndSet(lease.fence()) >= lease.fence()) {
                                backwards.incrementAndGet();
                            }
                            holders.decrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> one : racing) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(most.get()).isEqualTo(1);
        assertThat(backwards.get()).isZero();
        assertThat(lastFence.get()).isEqualTo(80);
    }

    private void protectedWrite(Lease lease) throws Exception {
        Transactions.of(pool).run(connection -> {
            setTenant(connection, lease.tenant());
            lease.requireHeld(connection);
            return null;
        });
    }

    private static void setTenant(Connection connection, String tenant) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL semel.tenant = '" + tenant + "'");
        }
    }

    private final class Told implements LeaseListener {
        @Override
        public void expired(String target) {
            told.add("expired");
        }

        @Override
        public void unlockedLate(String target) {
            told.add("late");
        }

        @Override
        public void fencedWriteRefused(String target) {
            told.add("fenced");
        }
    }
}
