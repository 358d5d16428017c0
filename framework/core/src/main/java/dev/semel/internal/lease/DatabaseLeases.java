package dev.semel.internal.lease;

import dev.semel.Transactions;
import dev.semel.UnavailableException;
import dev.semel.internal.Backoff;
import dev.semel.internal.Deadline;
import dev.semel.internal.Failures;
import dev.semel.internal.SqlFailures;
import dev.semel.lease.Lease;
import dev.semel.lease.LeaseListener;
import dev.semel.lease.Leases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases in the table {@code semel.leases}; one thread renews them all. */
public final class DatabaseLeases implements Leases {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseLeases.class);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Transactions transactions;
    private final List<LeaseListener> listeners;
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "semel-lease-renewal");
        thread.setDaemon(true);
        return thread;
    });

    public DatabaseLeases(Transactions transactions, List<LeaseListener> listeners) {
        this.transactions = transactions;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public Optional<Lease> tryAcquire(String tenant, String target, Duration length) {
        if (length.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("a lease lives for at least " + SHORTEST);
        }
        if (renewals.isShutdown()) {
            throw new IllegalStateException("these leases are closed");
        }
        Target wanted = new Target(tenant, target);
        UUID holder = UUID.randomUUID();
        Optional<Acquisition> acquisition = acquire(wanted, holder, length);
        if (acquisition.isEmpty()) {
            tell(told -> told.contended(target));
            return Optional.empty();
        }
        tell(told -> told.acquired(target));
        if (acquisition.get().fromExpired()) {
            tell(told -> told.expired(target));
        }
        return Optional.of(held(new Holding(wanted, holder, acquisition.get().fence()), length));
    }

    private Optional<Acquisition> acquire(Target target, UUID holder, Duration length) {
        try {
            return transactions.run(connection -> LeaseTable.acquire(connection, target, holder, length));
        } catch (Exception failure) {
            if (SqlFailures.isLockTimeout(failure)) {
                return Optional.empty();
            }
            throw SqlFailures.isUnavailable(failure) ? new UnavailableException(failure) : Failures.unchecked(failure);
        }
    }

    private Lease held(Holding holding, Duration length) {
        long third = length.toMillis() / 3;
        Future<?> renewal =
                renewals.scheduleWithFixedDelay(() -> renew(holding, length), third, third, TimeUnit.MILLISECONDS);
        return new HeldLease(this, holding, renewal);
    }

    /** A database that fails is asked again next time; a lease that was lost is not renewed any more. */
    private void renew(Holding holding, Duration length) {
        boolean renewed;
        try {
            renewed = transactions.run(connection -> LeaseTable.renew(connection, holding, length));
        } catch (Exception failure) {
            if (SqlFailures.isLockTimeout(failure)) {
                return;
            }
            LOG.warn(
                    "the lease on {} could not be renewed: {}",
                    holding.target().name(),
                    failure.getClass().getSimpleName());
            return;
        }
        if (!renewed) {
            throw new CancellationException("lost");
        }
    }

    @Override
    public Optional<Lease> acquire(String tenant, String target, Duration length, Duration patience) {
        Deadline deadline = Deadline.after(patience);
        Backoff backoff = new Backoff();
        Optional<Lease> lease = tryAcquire(tenant, target, length);
        while (lease.isEmpty() && !deadline.passed()) {
            backoff.pause();
            lease = tryAcquire(tenant, target, length);
        }
        return lease;
    }

    /** What cannot be released now expires by itself. */
    void release(Holding holding) {
        try {
            if (!transactions.run(connection -> LeaseTable.release(connection, holding))) {
                tell(told -> told.unlockedLate(holding.target().name()));
            }
        } catch (Exception failure) {
            LOG.warn(
                    "the lease on {} could not be released and will expire: {}",
                    holding.target().name(),
                    failure.getClass().getSimpleName());
        }
    }

    void tell(Consumer<LeaseListener> message) {
        listeners.forEach(listener -> tell(listener, message));
    }

    private static void tell(LeaseListener listener, Consumer<LeaseListener> message) {
        try {
            message.accept(listener);
        } catch (RuntimeException | Error e) {
            LOG.warn("a lease listener failed: {}", listener.getClass().getName(), e);
        }
    }

    @Override
    public void close() {
        renewals.shutdownNow();
    }
}
