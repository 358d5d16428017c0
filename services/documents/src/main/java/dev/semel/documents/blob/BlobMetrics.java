package dev.semel.documents.blob;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what happens to blobs, never by tenant or hash. Thread-safe. */
final class BlobMetrics implements BlobListener {
    private final Counter damaged;
    private final Counter mended;
    private final Counter collected;
    private final Counter swept;
    private final Counter verified;

    BlobMetrics(MeterRegistry meters) {
        damaged = meters.counter("blobs.damaged");
        mended = meters.counter("blobs.mended");
        collected = meters.counter("blobs.collected");
        swept = meters.counter("blobs.swept");
        verified = meters.counter("blobs.verified");
    }

    @Override
    public void damaged() {
        damaged.increment();
    }

    @Override
    public void mended() {
        mended.increment();
    }

    @Override
    public void verified(long number) {
        verified.increment((double) number);
    }

    @Override
    public void collected(int number) {
        collected.increment(number);
    }

    @Override
    public void swept(int number) {
        swept.increment(number);
    }
}
