package dev.semel.sync.publish;

import dev.semel.Semel;
import dev.semel.lease.Leases;
import dev.semel.spring.web.PathIds;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ChangesetTable;
import java.time.Duration;

/** Acquires leases for publishes. Thread-safe. Never called inside a transaction. */
public final class PublishLeases {
    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final Semel semel;
    private final Leases leases;
    private final ChangesetTable changesets;

    /** Finds the scope in that table. */
    public PublishLeases(Semel semel, Leases leases, ChangesetTable changesets) {
        this.semel = semel;
        this.leases = leases;
        this.changesets = changesets;
    }

    /**
     * The lease on main of the changeset's scope, or the lack of it; to be closed. If the process dies before, it expires. Two short
     * transactions.
     *
     * @param id the changeset's, as the path has it
     * @throws dev.semel.RejectedException if there is no such changeset
     * @throws dev.semel.UnavailableException if the database cannot be reached
     */
    public PublishLease acquire(String tenant, String id) {
        Changeset changeset = semel.read(
                tenant,
                connection ->
                        changesets.find(tenant, PathIds.parse(id, "changeset")).orElseThrow(ChangesetTable::unknown));
        return new PublishLease(leases.tryAcquire(tenant, PublishLease.target(changeset.scope()), LENGTH)
                .orElse(null));
    }
}
