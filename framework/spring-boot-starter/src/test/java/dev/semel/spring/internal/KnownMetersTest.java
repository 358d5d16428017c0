package dev.semel.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    /** The registry tells of a loss while it holds the lock that a registration waits for. */
    @Test
    void registrationAndLossDoNotWaitForEachOther() throws Exception {
        CompletableFuture<Void> losses = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20_000; i++) {
                meters.clear();
            }
        });
        CompletableFuture<Void> counts = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20_000; i++) {
                known.of("a").increment();
            }
        });
        CompletableFuture.allOf(losses, counts).get(30, TimeUnit.SECONDS);

        double before = known.of("a").count();
        known.of("a").increment();
        assertThat(meters.get("a").counter().count()).isEqualTo(before + 1);
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
