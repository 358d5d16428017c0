package dev.semel.sync.retention;

import dev.semel.Transactions;
import dev.semel.documents.blob.BlobHolds;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.sync.changesets.ChangesetTable;
import dev.semel.sync.changesets.Changesets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of the contents that changesets hold which were closed long ago: published, superseded, withdrawn or expired. None of them ever
 * opens again, and each holds for itself: what main or another changeset has is kept by that. What nothing keeps any more is collected
 * later. Thread-safe.
 */
public final class ReleaseContents implements MaintenanceJob {
    private static final int BATCH = 100;

    private final Transactions transactions;
    private final Callable<List<String>> tenants;
    private final ChangesetTable changesets;
    private final BlobHolds holds;

    /**
     * @param transactions of the application's role
     * @param tenants all that have scopes
     */
    public ReleaseContents(
            Transactions transactions, Callable<List<String>> tenants, ChangesetTable changesets, BlobHolds holds) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.changesets = changesets;
        this.holds = holds;
    }

    @Override
    public String name() {
        return "release-contents";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    /** Counts changesets that hold nothing any more. */
    @Override
    public JobResult run() throws Exception {
        long done = 0;
        for (String tenant : tenants.call()) {
            String after = "";
            Batch batch = release(tenant, after);
            done += batch.released;
            while (batch.last != null) {
                if (Thread.currentThread().isInterrupted()) {
                    return new JobResult(done, 1);
                }
                batch = release(tenant, batch.last);
                done += batch.released;
            }
        }
        return new JobResult(done, 0);
    }

    /** @param last the last holder that was looked at; null if there was none */
    private record Batch(long released, @Nullable String last) {}

    private Batch release(String tenant, String after) throws Exception {
        return transactions.run(tenant, connection -> {
            List<String> holders = holds.holders(tenant, Changesets.HOLDER, after, BATCH);
            List<UUID> closed = changesets.closed(
                    tenant, holders.stream().map(Changesets::heldBy).toList(), ForgetChanges.RETENTION);
            closed.forEach(changeset -> holds.release(tenant, Changesets.holder(changeset)));
            return new Batch(closed.size(), holders.isEmpty() ? null : holders.get(holders.size() - 1));
        });
    }
}
