package dev.semel.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnownMetersTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger registrations = new AtomicInteger();
    private final KnownMeters<String, Counter> known = new KnownMeters<>(meters, this::register);

    private Counter register(String name) {
        registrations.incrementAndGet();
        return meters.counter(name);
    }

    @Test
    void isRegisteredWhenFirstAskedForAndOnce() {
        assertThat(meters.getMeters()).isEmpty();

        known.of("a").increment();
        known.of("a").increment();

        assertThat(registrations).hasValue(1);
        assertThat(meters.get("a").counter().count()).isEqualTo(2);
    }

    @Test
    void isRegisteredAgainAfterTheRegistryHasLostIt() {
        known.of("a").increment();
        meters.clear();
        known.of("a").increment();

        assertThat(meters.get("a").counter().count()).isEqualTo(1);
    }

    @Test
    void isAskedForAgainIfItWasLostBeforeItWasAtHand() {
        AtomicBoolean first = new AtomicBoolean(true);
        KnownMeters<String, Counter> disturbed = new KnownMeters<>(meters, name -> {
            Counter counter = meters.counter(name);
            if (first.getAndSet(false)) {
                meters.clear();
            }
            return counter;
        });
        disturbed.of("a");
        disturbed.of("a").increment();

        assertThat(meters.get("a").counter().count()).isEqualTo(1);
    }

    /** The registry tells of a loss under the lock that a registration waits for. */
    @Test
    void registrationAndLossDoNotWaitForEachOther() throws Exception {
        Counter lost = meters.counter("lost");
        CountDownLatch losing = new CountDownLatch(1);
        CountDownLatch registering = new CountDownLatch(1);
        meters.config().onMeterRemoved(meter -> {
            losing.countDown();
            await(registering);
        });
        KnownMeters<String, Counter> crossed = new KnownMeters<>(meters, name -> {
            registering.countDown();
            return meters.counter(name);
        });
        CompletableFuture<Void> loss = runAsync(() -> meters.remove(lost));
        await(losing);
        CompletableFuture<Void> registration = runAsync(() -> crossed.of("a").increment());

        CompletableFuture.allOf(loss, registration).get(10, TimeUnit.SECONDS);
        assertThat(meters.get("a").counter().count()).isEqualTo(1);
    }

    /** In a daemon thread of its own: a deadlock is to fail the test and not to hold up what comes after it. */
    private static CompletableFuture<Void> runAsync(Runnable work) {
        return CompletableFuture.runAsync(work, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void countsAlsoWhatIsTooMuchToKeep() {
        for (int i = 0; i < KnownMeters.MOST; i++) {
            known.of("name" + i).increment();
        }
        known.of("one.more").increment();
        known.of("one.more").increment();

        assertThat(meters.get("one.more").counter().count()).isEqualTo(2);
        assertThat(registrations).as("looked up each time").hasValue(KnownMeters.MOST + 2);
        known.of("name0").increment();
        assertThat(registrations).as("still at hand").hasValue(KnownMeters.MOST + 2);
    }
}
