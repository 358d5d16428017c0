package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Call;
import dev.semel.Fingerprint;
import dev.semel.Key;
import dev.semel.KeyReusedException;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RequestInProgressException;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.jackson.JacksonCodec;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Design §3, step 3: one leader executes, the others wait without a connection. */
@ExtendWith(PostgresExtension.class)
class SingleFlightTest {
    private final Shop shop;

    SingleFlightTest(TestDatabase database) {
        shop = Shop.open(database);
    }

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void nothingWrittenYet() {
        assertThat(shop.orders()).isZero();
    }

    private Order slowly(dev.semel.Write<NewOrder> write) throws Exception {
        entered.countDown();
        if (!release.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("never released");
        }
        return Shop.insert(write);
    }

    @Test
    void stormOfFiveHundredDuplicatesExecutesOnce() throws Exception {
        Semel semel = shop.node(10);

        List<Outcome<Order>> outcomes = Together.returned(Together.run(500, () -> Shop.pay(semel, "storm", Shop.TEA)));

        assertThat(outcomes).filteredOn(outcome -> !outcome.replayed()).hasSize(1);
        assertThat(outcomes)
                .extracting(outcome -> new String(outcome.snapshot().body(), StandardCharsets.UTF_8))
                .containsOnly(new String(outcomes.get(0).snapshot().body(), StandardCharsets.UTF_8));
        assertThat(shop.orders()).isEqualTo(1);
        assertThat(shop.keys()).isEqualTo(1);
        assertThat(shop.auditRows()).isEqualTo(1);
    }

    @Test
    void waitingDuplicatesHoldNoConnection() throws Exception {
        HikariDataSource pool = shop.pool(2);
        Semel semel = Shop.engine(pool, this::slowly).build();
        CompletableFuture<Outcome<Order>> leader = Together.async(() -> Shop.pay(semel, "held", Shop.TEA));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        List<CompletableFuture<Outcome<Order>>> waiting = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            CompletableFuture<Outcome<Order>> duplicate = new CompletableFuture<>();
            Thread thread = new Thread(() -> duplicate.complete(Shop.pay(semel, "held", Shop.TEA)));
            thread.start();
            waiting.add(duplicate);
        }
        TimeUnit.MILLISECONDS.sleep(200);

        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
        assertThat(semel.<Integer>read("acme", connection -> 7)).isEqualTo(7);
        release.countDown();
        assertThat(leader.get(10, TimeUnit.SECONDS).replayed()).isFalse();
        for (CompletableFuture<Outcome<Order>> duplicate : waiting) {
            assertThat(duplicate.get(10, TimeUnit.SECONDS).replayed()).isTrue();
        }
    }

    @Test
    void duplicateTakesOverWhenTheLeaderFails() throws Exception {
        AtomicInteger executions = new AtomicInteger();
        Semel semel = shop.node(write -> {
            if (executions.incrementAndGet() == 1) {
                entered.countDown();
                release.await();
                throw new IllegalStateException("the first one fails");
            }
            return Shop.insert(write);
        });
        CompletableFuture<Outcome<Order>> leader = Together.async(() -> Shop.pay(semel, "takeover", Shop.TEA));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        Together.Running<Outcome<Order>> duplicate = Together.async(() -> Shop.pay(semel, "takeover", Shop.TEA));
        duplicate.awaitBlocked();
        release.countDown();

        assertThat(duplicate.get(10, TimeUnit.SECONDS).replayed()).isFalse();
        assertThat(leader).failsWithin(Duration.ofSeconds(10));
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void duplicatesShareTheLeadersRejectionInsteadOfRepeatingIt() throws Exception {
        AtomicInteger executions = new AtomicInteger();
        Semel semel = shop.node(write -> {
            executions.incrementAndGet();
            entered.countDown();
            release.await();
            throw RejectedException.rule("OUT_OF_TEA", "No tea left.");
        });
        CompletableFuture<Outcome<Order>> leader = Together.async(() -> Shop.pay(semel, "shared-refusal", Shop.TEA));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        Together.Running<Outcome<Order>> duplicate = Together.async(() -> Shop.pay(semel, "shared-refusal", Shop.TEA));
        duplicate.awaitBlocked();
        release.countDown();

        for (CompletableFuture<Outcome<Order>> call : List.of(leader, duplicate)) {
            assertThat(call)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(RejectedException.class);
        }
        assertThat(executions).hasValue(1);
    }

    @Test
    void otherPayloadIsRefusedAtOnceWhileTheFirstIsRunningHere() throws Exception {
        Semel semel = shop.node(this::slowly);
        CompletableFuture<Outcome<Order>> leader = Together.async(() -> Shop.pay(semel, "busy", Shop.TEA));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        long start = System.nanoTime();
        assertThatThrownBy(() -> Shop.pay(semel, "busy", Shop.DEARER_TEA)).isInstanceOf(KeyReusedException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        release.countDown();
        assertThat(leader.get(10, TimeUnit.SECONDS).result().amount()).isEqualByComparingTo("12.50");
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void otherPayloadIsRefusedAtOnceWhileTheFirstIsRunningOnAnotherNode() throws Exception {
        Semel here = shop.node(this::slowly);
        Semel there = shop.node(2);
        CompletableFuture<Outcome<Order>> leader = Together.async(() -> Shop.pay(here, "busy-there", Shop.TEA));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        long start = System.nanoTime();
        assertThatThrownBy(() -> Shop.pay(there, "busy-there", Shop.DEARER_TEA)).isInstanceOf(KeyReusedException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        release.countDown();
        leader.get(10, TimeUnit.SECONDS);
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void duplicateOnAnotherNodeWaitsAndGetsTheFirstOutcome() throws Exception {
        Semel here = shop.node(this::slowly);
        Semel there = shop.node(2);
        CompletableFuture<Outcome<Order>> leader = Together.async(() -> Shop.pay(here, "two-nodes", Shop.TEA));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Outcome<Order>> duplicate = Together.async(() -> Shop.pay(there, "two-nodes", Shop.TEA));
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(duplicate).isNotDone();
        release.countDown();

        assertThat(duplicate.get(10, TimeUnit.SECONDS).replayed()).isTrue();
        assertThat(duplicate.get().resultId()).isEqualTo(leader.get().resultId());
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void duplicateIsToldToComeBackWhenTheFirstTakesTooLong() throws Exception {
        Operation<NewOrder, Order> impatient = Operation.highRisk("impatient", NewOrder.class, Order.class)
                .waitLimit(Duration.ofMillis(200))
                .build();
        Semel here = impatientNode(impatient);
        Semel there = impatientNode(impatient);
        CompletableFuture<Outcome<Order>> leader =
                Together.async(() -> here.execute(impatient, Shop.caller("acme"), Key.of("slow"), Shop.TEA));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> here.execute(impatient, Shop.caller("acme"), Key.of("slow"), Shop.TEA))
                .isInstanceOf(RequestInProgressException.class);
        assertThatThrownBy(() -> there.execute(impatient, Shop.caller("acme"), Key.of("slow"), Shop.TEA))
                .isInstanceOf(RequestInProgressException.class);
        release.countDown();
        leader.get(10, TimeUnit.SECONDS);
        assertThat(shop.orders()).isEqualTo(1);
    }

    private Semel impatientNode(Operation<NewOrder, Order> impatient) {
        return Semel.builder(Transactions.of(shop.pool(2)), JacksonCodec.ofDefaults())
                .handle(impatient, this::slowly)
                .build();
    }

    @Test
    void twoNodesAndTheSameKeysAtTheSameMomentWriteOnceEach() throws Exception {
        Semel here = shop.node(4);
        Semel there = shop.node(4);
        List<Callable<Outcome<Order>>> calls = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            for (int caller = 0; caller < 4; caller++) {
                Semel semel = node == 0 ? here : there;
                calls.add(() -> {
                    Outcome<Order> last = Shop.pay(semel, "race-0", Shop.TEA);
                    for (int i = 1; i < 250; i++) {
                        last = Shop.pay(semel, "race-" + i, Shop.TEA);
                    }
                    return last;
                });
            }
        }

        Together.returned(Together.run(calls));

        assertThat(shop.orders()).isEqualTo(250);
        assertThat(shop.keys()).isEqualTo(250);
        assertThat(shop.auditRows()).isEqualTo(250);
    }

    @Test
    void theUniqueConstraintAloneKeepsTheWriteSingle() {
        Semel semel = shop.node(write -> {
            shop.commitElsewhere(write);
            return Shop.insert(write);
        });

        Outcome<Order> outcome = Shop.pay(semel, "no-locks", Shop.TEA);

        assertThat(outcome.replayed()).isTrue();
        assertThat(shop.orders()).as("the handler's row was rolled back").isZero();
    }

    @Test
    void misuseDoesNotSpoilTheRightfulRetry() throws Exception {
        Semel here = shop.node(4);
        Semel there = shop.node(4);
        Shop.pay(here, "mixed", Shop.TEA);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Semel semel = i % 2 == 0 ? here : there;
            boolean misuse = i % 4 < 2;
            calls.add(() -> {
                for (int n = 0; n < 100; n++) {
                    if (misuse) {
                        assertThatThrownBy(() -> Shop.pay(semel, "mixed", Shop.DEARER_TEA))
                                .isInstanceOf(KeyReusedException.class);
                    } else {
                        assertThat(Shop.pay(semel, "mixed", Shop.TEA).replayed())
                                .isTrue();
                    }
                }
                return true;
            });
        }

        assertThat(Together.returned(Together.run(calls))).containsOnly(true);
    }

    @Test
    void keysOfTwoTenantsAreIndependent() {
        Semel semel = shop.node(2);

        Outcome<Order> acme = Shop.pay(semel, "acme", "shared", Shop.TEA);
        Outcome<Order> globex = Shop.pay(semel, "globex", "shared", Shop.DEARER_TEA);

        assertThat(globex.replayed()).isFalse();
        assertThat(globex.resultId()).isNotEqualTo(acme.resultId());
        assertThat(shop.orders()).isEqualTo(2);
    }

    @Test
    void callWithItsOwnHandlerJoinsTheSameFlight() {
        Semel semel = shop.node(2);
        Fingerprint fingerprint = Fingerprint.of("payOrder", Map.of("id", "7"), new byte[0]);
        Call<NewOrder, Order> call = new Call<>(
                Shop.PAY_ORDER,
                Shop.caller("acme"),
                Key.of("own-handler"),
                Shop.TEA,
                fingerprint,
                Map.of("id", "7"),
                Shop::insert);

        assertThat(semel.execute(call).replayed()).isFalse();
        assertThat(semel.execute(call).replayed()).isTrue();
    }

    @Test
    void lockNumberThatIsTakenForAnotherReasonCostsAWaitOnly() throws Exception {
        Semel failing = shop.node(write -> {
            entered.countDown();
            release.await();
            throw new IllegalStateException("leaves the key free");
        });
        CompletableFuture<Outcome<Order>> leader = Together.async(() -> Shop.pay(failing, "collision", Shop.TEA));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        List<Long> numbers = shop.advisoryLocks();
        release.countDown();
        assertThat(leader).failsWithin(Duration.ofSeconds(10));
        assertThat(numbers).hasSize(3);

        for (long number : numbers) {
            Semel semel = shop.node(2);
            CompletableFuture<Outcome<Order>> call;
            try (var connection = shop.pool(1).getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(" + number + ")");
                call = Together.async(() -> Shop.pay(semel, "collision", Shop.TEA));
                TimeUnit.MILLISECONDS.sleep(200);
                assertThat(call).as("waits, and is not refused").isNotDone();
                statement.execute("SELECT pg_advisory_unlock(" + number + ")");
            }
            assertThat(call.get(10, TimeUnit.SECONDS).replayed()).isFalse();
            shop.run("DELETE FROM shop.orders; DELETE FROM semel.idempotency_keys");
        }
    }
}
