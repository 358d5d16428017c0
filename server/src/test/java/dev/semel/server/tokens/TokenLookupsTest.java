package dev.semel.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenLookupsTest {
    private static final int THREADS = 200;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Map<TokenHash, Identity> valid = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger queries = new AtomicInteger();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void neverMoreThanOneQueryAtATimeAndEverybodyGetsTheirOwnAnswer() throws Exception {
        TokenLookups lookups = new TokenLookups(this::slowly, Duration.ofSeconds(10));
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String token = "token" + i;
            String user = "user" + i;
            boolean known = i % 3 != 0;
            if (known) {
                admit(token, user);
            }
            tasks.add(() -> right(lookups, token, known ? Optional.of(user) : Optional.empty(), 20));
        }
        for (Future<Boolean> right : threads.invokeAll(tasks)) {
            assertThat(right.get()).isTrue();
        }
        assertThat(mostAtOnce).hasValue(1);
        assertThat(queries.get()).as("queries for %d look-ups", THREADS * 20).isLessThan(THREADS * 20 / 10);
    }

    @Test
    void revokedTokenIsRefusedFromTheNextRequestOnWhateverIsGoingOn() throws Exception {
        TokenLookups lookups = new TokenLookups(this::slowly, Duration.ofSeconds(10));
        CountDownLatch stop = new CountDownLatch(1);
        for (int i = 0; i < 8; i++) {
            threads.submit(() -> {
                while (stop.getCount() > 0) {
                    lookups.find("shared");
                }
            });
        }
        for (int round = 0; round < 200; round++) {
            admit("shared", "alice");
            assertThat(lookups.find("shared")).as("admitted, round %d", round).isPresent();
            valid.clear();
            assertThat(lookups.find("shared")).as("revoked, round %d", round).isEmpty();
        }
        stop.countDown();
    }

    @Test
    void databaseThatFailsMakesItUnavailableForAllThatWaitedAndForNobodyElse() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        TokenLookups lookups = new TokenLookups(
                hashes -> {
                    Map<TokenHash, Identity> found = slowly(hashes);
                    if (failures.getAndDecrement() > 0) {
                        throw new SQLException("gone", "08006");
                    }
                    return found;
                },
                Duration.ofSeconds(10));
        admit("token", "alice");
        assertThatThrownBy(() -> lookups.find("token")).isInstanceOf(UnavailableException.class);
        assertThat(lookups.find("token")).isPresent();
    }

    @Test
    void waitingEnds() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TokenLookups lookups = new TokenLookups(
                hashes -> {
                    await(never);
                    return Map.of();
                },
                Duration.ofMillis(200));
        Future<?> first = threads.submit(() -> lookups.find("a"));
        Thread.sleep(50);
        Future<?> leader = threads.submit(() -> lookups.find("b"));
        Thread.sleep(50);
        Future<?> follower = threads.submit(() -> lookups.find("c"));
        for (Future<?> waiting : List.of(leader, follower)) {
            assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnavailableException.class);
        }
        never.countDown();
        first.get(5, TimeUnit.SECONDS);
        assertThat(lookups.find("d")).isEmpty();
    }

    @Test
    void whatCannotBeATokenCostsNoQuery() {
        TokenLookups lookups = new TokenLookups(this::slowly, Duration.ofSeconds(10));
        for (String token : List.of("", "with space", "tab\t", "ümlaut", "x".repeat(513))) {
            assertThat(lookups.find(token)).isEmpty();
        }
        assertThat(queries).hasValue(0);
    }

    private Boolean right(TokenLookups lookups, String token, Optional<String> user, int times) {
        for (int i = 0; i < times; i++) {
            if (!lookups.find(token).map(Identity::user).equals(user)) {
                return false;
            }
        }
        return true;
    }

    private void admit(String token, String user) {
        valid.put(TokenHash.of(token), new Identity("acme", user, Set.of(Role.READER)));
    }

    private Map<TokenHash, Identity> slowly(Set<TokenHash> hashes) {
        int now = running.incrementAndGet();
        mostAtOnce.accumulateAndGet(now, Math::max);
        queries.incrementAndGet();
        try {
            Thread.sleep(1);
            return hashes.stream().filter(valid::containsKey).collect(Collectors.toMap(hash -> hash, valid::get));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            running.decrementAndGet();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
