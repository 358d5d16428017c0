package dev.semel.sync.publish;

import dev.semel.RejectedException;
import dev.semel.lease.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The lease on a scope's main, or the lack of it. An argument of gated methods: it is acquired before their transaction begins. Who has it
 * not is refused only if there is something to publish: a replay needs none.
 *
 * @param lease null if somebody else has it
 */
public record PublishLease(@Nullable Lease lease) implements AutoCloseable {
    /** The target of a scope's lease. */
    static String target(String scope) {
        return "sync-publish:" + scope;
    }

    /**
     * The fence of the lease, which holds until the caller's transaction ends.
     *
     * @throws RejectedException if somebody else publishes
     * @throws dev.semel.LeaseLostException if somebody else has taken the lease since
     */
    long requireHeld(Connection connection) throws SQLException {
        if (lease == null) {
            throw RejectedException.busy("PUBLISH_IN_PROGRESS", "Somebody else is publishing in this scope.");
        }
        lease.requireHeld(connection);
        return lease.fence();
    }

    /** Lets go of it, if there is one. */
    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
    }
}
