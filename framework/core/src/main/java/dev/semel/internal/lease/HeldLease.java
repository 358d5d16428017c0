package dev.semel.internal.lease;

import dev.semel.LeaseLostException;
import dev.semel.lease.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lease as its holder sees it. */
final class HeldLease implements Lease {
    private final DatabaseLeases leases;
    private final Holding holding;
    private final Future<?> renewal;
    private final AtomicBoolean closed = new AtomicBoolean();

    HeldLease(DatabaseLeases leases, Holding holding, Future<?> renewal) {
        this.leases = leases;
        this.holding = holding;
        this.renewal = renewal;
    }

    @Override
    public String tenant() {
        return holding.target().tenant();
    }

    @Override
    public String target() {
        return holding.target().name();
    }

    @Override
    public long fence() {
        return holding.fence();
    }

    @Override
    public void requireHeld(Connection connection) throws SQLException {
        if (!LeaseTable.isHeld(connection, holding)) {
            leases.tell(listener -> listener.fencedWriteRefused(target()));
            throw new LeaseLostException(target());
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            renewal.cancel(false);
            leases.release(holding);
        }
    }
}
