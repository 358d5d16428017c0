package dev.semel.spring.internal;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Meters by what they count, registered when they are first asked for and then at hand: to look one up by its name and tags costs more
 * than to count. When the registry loses any meter, all are asked for again. Thread-safe.
 */
final class KnownMeters<K, M> {
    /** An application may reject with whatever code it makes up. What is beyond this is looked up each time. */
    static final int MOST = 1_000;

    private final Function<K, M> registration;

    /** Replaced and never emptied: who registers a meter while another is lost puts it where nobody looks any more. */
    private volatile Map<K, M> known = new ConcurrentHashMap<>();

    KnownMeters(MeterRegistry meters, Function<K, M> registration) {
        this.registration = registration;
        meters.config().onMeterRemoved(lost -> known = new ConcurrentHashMap<>());
    }

    M of(K key) {
        Map<K, M> here = known;
        M meter = here.get(key);
        return meter == null ? register(here, key) : meter;
    }

    /** Without a lock of its own: the registry holds one while it registers, and while it tells of a loss. */
    private M register(Map<K, M> here, K key) {
        M meter = registration.apply(key);
        if (here.size() < MOST) {
            here.put(key, meter);
        }
        return meter;
    }
}
