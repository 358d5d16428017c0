package dev.semel.documents.blob;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Semel;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds blobs that nothing has needed for the grace period, tenant by tenant, and has them collected in small writes. Thread-safe. */
final class BlobCollector implements MaintenanceJob {
    private static final int BATCH = 100;
    private static final String USER = "blob-collector";

    private final Semel semel;
    private final BlobTenants tenants;
    private final BlobRows rows;
    private final Duration grace;
    private final BlobListener listener;

    BlobCollector(Semel semel, BlobTenants tenants, BlobRows rows, Duration grace, BlobListener listener) {
        this.semel = semel;
        this.tenants = tenants;
        this.rows = rows;
        this.grace = grace;
        this.listener = listener;
    }

    @Override
    public String name() {
        return "collect-blobs";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public JobResult run() throws Exception {
        JobResult all = new JobResult(0, 0);
        Optional<String> tenant = tenants.next("");
        while (tenant.isPresent() && !Thread.currentThread().isInterrupted()) {
            all = sum(all, collect(tenant.get()));
            tenant = tenants.next(tenant.get());
        }
        return all;
    }

    private JobResult collect(String tenant) throws IOException {
        JobResult all = new JobResult(0, 0);
        List<BlobTable.Row> due = rows.due(tenant, BlobTable.Place.START, grace, BATCH);
        while (!due.isEmpty() && !Thread.currentThread().isInterrupted()) {
            int collected = collect(tenant, due);
            all = sum(all, new JobResult(collected, due.size() - collected));
            due = rows.due(tenant, BlobTable.Place.of(due.get(due.size() - 1)), grace, BATCH);
        }
        return all;
    }

    private int collect(String tenant, List<BlobTable.Row> due) {
        String request = UUID.randomUUID().toString();
        DueBlobs payload = new DueBlobs(due.stream().map(BlobTable.Row::hash).toList());
        CollectedBlobs collected = semel.execute(
                        CollectBlobs.OPERATION,
                        new Caller(tenant, USER, request),
                        Key.of("collect-blobs:" + request),
                        payload)
                .result();
        listener.collected(collected.number());
        return collected.number();
    }

    private static JobResult sum(JobResult one, JobResult other) {
        return new JobResult(one.done() + other.done(), one.eligible() + other.eligible());
    }
}
