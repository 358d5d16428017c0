package dev.semel.documents.blob;

import dev.semel.PayloadCodec;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Subscription;

/** Deletes the bytes of blobs whose rows are gone, as often as the relay says so. Thread-safe. */
final class BlobDeletion implements EventSink {
    private final ByteStore store;
    private final PayloadCodec codec;
    private final BlobFailpoints failpoints;

    BlobDeletion(ByteStore store, PayloadCodec codec, BlobFailpoints failpoints) {
        this.store = store;
        this.codec = codec;
        this.failpoints = failpoints;
    }

    Subscription subscription() {
        return Subscription.to("blob-deletion", this, CollectBlobs.COLLECTED);
    }

    @Override
    public void deliver(OutboxEvent event) throws Exception {
        CollectedBlob blob = codec.read(event.payload(), CollectedBlob.class);
        failpoints.reach(BlobFailpoints.BEFORE_DELETION);
        store.delete(new Location(event.tenant(), blob.location()));
        failpoints.reach(BlobFailpoints.AFTER_DELETION);
    }
}
