package dev.semel.internal.outbox;

import dev.semel.LeaseLostException;
import dev.semel.Transactions;
import dev.semel.lease.Lease;
import dev.semel.lease.Leases;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.Relay;
import dev.semel.outbox.RelayListener;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay: a look-out that finds tenants, and workers that take turns for them. */
public final class DatabaseRelay implements Relay {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseRelay.class);
    private static final String LANE = "outbox";
    private static final Duration LANE_LENGTH = Duration.ofSeconds(10);
    private static final long SECONDS_TO_STOP = 10;
    private static final long SECONDS_TO_KEEP = 2;
    /** What an event of a busy tenant may wait for others to share its turn. */
    private static final Duration REST = Duration.ofMillis(10);

    private final Transactions transactions;
    private final Leases leases;
    private final RelayConfig config;
    private final SinkBreakers breakers;
    private final LookOut lookOut;
    private final Bell bell = new Bell();
    private final ReadyTenants ready = new ReadyTenants(REST);
    private final ExecutorService workers = threads("semel-relay-");
    private final ExecutorService senders = threads("semel-relay-sender-");
    /** Tenants that a full look found and no turn has been through with since: a turn for one looks for deliveries that were forgotten. */
    private final Set<String> foundByFullLook = ConcurrentHashMap.newKeySet();

    private volatile boolean stopped;

    public DatabaseRelay(
            Transactions transactions, MaintenanceTransactions maintenance, Leases leases, RelayConfig config) {
        this.transactions = transactions;
        this.leases = leases;
        this.config = config;
        this.breakers = new SinkBreakers(config);
        this.lookOut = new LookOut(maintenance, config, breakers);
    }

    private static ExecutorService threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void start() {
        workers.execute(this::keepLooking);
        for (int i = 0; i < config.pace().workers(); i++) {
            workers.execute(this::keepWorking);
        }
    }

    @Override
    public void wake(String tenant) {
        ready.add(tenant);
    }

    @Override
    public void lookNow() {
        bell.ring();
    }

    private void keepLooking() {
        try {
            while (!stopped) {
                look();
                bell.await(config.pace().pollInterval().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            LookOut.Sighting sighting = lookOut.look();
            if (sighting.full()) {
                foundByFullLook.addAll(sighting.tenants());
            }
            ready.addAll(sighting.tenants());
            lookOut.measureIfDue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("the relay could not look for events: {}", e.getClass().getSimpleName());
        }
    }

    private void keepWorking() {
        while (!stopped) {
            try {
                ready.take(config.pace().pollInterval().toMillis()).ifPresent(this::serve);
                if (Thread.interrupted()) { // by the sink itself: the relay interrupts no worker before it is closed
                    LOG.warn("a sink was interrupted, and its events will be delivered again");
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                LOG.error("a relay worker stumbled and goes on", e);
            }
        }
    }

    private int serve(String tenant) {
        boolean more = false;
        int delivered = 0;
        try (Lane lane = new Lane(leases.tryAcquire(tenant, LANE, LANE_LENGTH))) {
            while (lane.isOurs()) {
                boolean wakeForgotten = foundByFullLook.contains(tenant);
                Turn.Result result = new Turn(transactions, config, senders, breakers, lane.lease())
                        .take(lookOut.watermark(tenant), wakeForgotten);
                if (wakeForgotten) {
                    foundByFullLook.remove(tenant);
                }
                delivered += result.delivered();
                more = result.more();
                if (!more || stopped || ready.someoneWaits()) {
                    break;
                }
            }
        } catch (LeaseLostException e) {
            Reports.tell(config, RelayListener::fenced);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn(
                    "a batch was not acknowledged and will be delivered again: {}",
                    e.getClass().getSimpleName());
        } finally {
            ready.giveBack(tenant, more);
        }
        return delivered;
    }

    @Override
    public int drain() {
        int delivered = 0;
        int round;
        do {
            look();
            round = 0;
            for (Optional<String> tenant = ready.takeAtOnce(); tenant.isPresent(); tenant = ready.takeAtOnce()) {
                round += serve(tenant.get());
            }
            delivered += round;
        } while (round > 0);
        return delivered;
    }

    @Override
    public void close() {
        stopped = true;
        bell.ring();
        ready.close();
        workers.shutdown();
        try {
            workers.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        senders.shutdown(); // first: a sender that is interrupted knows by it that nobody waits for it
        workers.shutdownNow();
        senders.shutdownNow();
        awaitSenders();
    }

    /** Those that were interrupted keep what they have done. */
    private void awaitSenders() {
        try {
            if (!senders.awaitTermination(SECONDS_TO_KEEP, TimeUnit.SECONDS)) {
                LOG.warn("a sink did not come back, and the relay is closed all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The tenant's lease, or none: another node is at it. */
    private record Lane(Optional<Lease> held) implements AutoCloseable {
        boolean isOurs() {
            return held.isPresent();
        }

        Lease lease() {
            return held.orElseThrow();
        }

        @Override
        public void close() {
            held.ifPresent(Lease::close);
        }
    }
}
