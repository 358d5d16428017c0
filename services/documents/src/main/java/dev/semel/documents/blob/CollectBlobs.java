package dev.semel.documents.blob;

import dev.semel.Handler;
import dev.semel.Operation;
import dev.semel.Write;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Deletes rows of blobs that nothing needs any more; their bytes go after the commit. Thread-safe. */
final class CollectBlobs implements Handler<DueBlobs, CollectedBlobs> {
    /** The event that a blob's row is gone. */
    static final String COLLECTED = "blob.collected";

    /** Asked for by {@link BlobCollector} only. */
    static final Operation<DueBlobs, CollectedBlobs> OPERATION = Operation.standard(
                    "collectBlobs", DueBlobs.class, CollectedBlobs.class)
            .emits(COLLECTED)
            .uncounted()
            .build();

    private final BlobTable table;
    private final Duration grace;

    CollectBlobs(BlobTable table, Duration grace) {
        this.table = table;
        this.grace = grace;
    }

    /** Whether they are due is asked again: they may have been put or referenced since they were found. */
    @Override
    public CollectedBlobs handle(Write<DueBlobs> write) {
        List<String> locked = table.lock(write.tenant(), write.payload().hashes());
        List<UUID> gone = table.collect(write.tenant(), locked, grace);
        gone.stream().sorted().forEach(location -> emit(write, location));
        return new CollectedBlobs(gone.size());
    }

    private static void emit(Write<DueBlobs> write, UUID location) {
        write.emit(COLLECTED, location.toString(), new CollectedBlob(location));
    }
}
