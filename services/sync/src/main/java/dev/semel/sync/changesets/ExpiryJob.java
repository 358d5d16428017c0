package dev.semel.sync.changesets;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Lets changesets expire that nobody has touched for a fortnight. Thread-safe. */
public final class ExpiryJob implements MaintenanceJob {
    /** How long a changeset stays open that nobody touches. */
    public static final Duration IDLE = Duration.ofDays(14);

    private static final int BATCH = 100;
    private static final String USER = "semel-maintenance";

    private final Semel semel;
    private final Callable<List<String>> tenants;
    private final ChangesetTable changesets;

    /** @param tenants all that have scopes */
    public ExpiryJob(Semel semel, Callable<List<String>> tenants, ChangesetTable changesets) {
        this.semel = semel;
        this.tenants = tenants;
        this.changesets = changesets;
    }

    @Override
    public String name() {
        return "expire-changesets";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    /** Counts changesets that have expired, and tenants that are left for the next run. */
    @Override
    public JobResult run() throws Exception {
        long expired = 0;
        long left = 0;
        for (String tenant : tenants.call()) {
            List<Changeset> idle;
            long done;
            do {
                idle = semel.read(tenant, connection -> changesets.idle(tenant, IDLE.toMillis() / 1e3, BATCH));
                done = idle.stream().filter(one -> expire(tenant, one)).count();
                expired += done;
            } while (done > 0 && idle.size() == BATCH && !Thread.currentThread().isInterrupted());
            left += idle.size() == BATCH ? 1 : 0;
        }
        return new JobResult(expired, left);
    }

    /** False if somebody has touched it meanwhile. */
    private boolean expire(String tenant, Changeset idle) {
        try {
            semel.execute(
                    ExpireChangeset.OPERATION,
                    new Caller(tenant, USER, UUID.randomUUID().toString()),
                    Key.of("expire-changeset:" + idle.id() + ":" + idle.decisionVersion()),
                    new ExpireChangeset(idle.id(), idle.decisionVersion()));
            return true;
        } catch (RejectedException e) {
            return false;
        }
    }
}
