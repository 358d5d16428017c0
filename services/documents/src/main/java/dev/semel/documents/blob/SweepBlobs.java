package dev.semel.documents.blob;

import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Looks through the store for bytes that have belonged to no blob for the grace period, and deletes them. Thread-safe. */
final class SweepBlobs implements MaintenanceJob {
    private static final int BATCH = 100;

    private final ByteStore store;
    private final BlobRows rows;
    private final Duration grace;
    private final BlobListener listener;

    SweepBlobs(ByteStore store, BlobRows rows, Duration grace, BlobListener listener) {
        this.store = store;
        this.rows = rows;
        this.grace = grace;
        this.listener = listener;
    }

    @Override
    public String name() {
        return "sweep-blobs";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(6);
    }

    /** All that is stored is looked at. */
    @Override
    public Duration longestRun() {
        return Duration.ofHours(5);
    }

    @Override
    public JobResult run() throws Exception {
        Batch batch = new Batch();
        store.visitOlderThan(grace, batch::add);
        batch.sweep();
        return new JobResult(batch.swept, 0);
    }

    /** Locations of one tenant. */
    private final class Batch {
        private final List<UUID> locations = new ArrayList<>();
        private String tenant = "";
        private long swept;

        void add(Location location) throws IOException, InterruptedException {
            if (locations.size() == BATCH || !location.tenant().equals(tenant)) {
                sweep();
                tenant = location.tenant();
            }
            locations.add(location.id());
        }

        void sweep() throws IOException, InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("the sweep was interrupted");
            }
            List<UUID> orphans = locations.isEmpty() ? List.of() : rows.orphans(tenant, locations);
            for (UUID orphan : orphans) {
                store.delete(new Location(tenant, orphan));
            }
            listener.swept(orphans.size());
            swept += orphans.size();
            locations.clear();
        }
    }
}
