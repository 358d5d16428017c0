package dev.semel.internal.outbox;

import dev.semel.outbox.DeliveryPolicy;
import dev.semel.outbox.PartlyDeliveredException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Makes attempts, and keeps later deliveries of a line behind one that failed. Thread-safe; a line belongs to one thread. */
final class Attempts {
    /** An attempt at a delivery. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    private final RelayConfig config;
    private final Set<Delivery.Line> blocked;
    private final Set<Delivery.Line> stopped = ConcurrentHashMap.newKeySet();

    /** @param blocked lines with a delivery that is not part of this turn: fresh events have to queue up */
    Attempts(RelayConfig config, Set<Delivery.Line> blocked) {
        this.config = config;
        this.blocked = blocked;
    }

    boolean mustWait(Delivery delivery) {
        return stopped.contains(delivery.line()) || (delivery.fresh() && blocked.contains(delivery.line()));
    }

    /** Whatever a sink throws, errors included, is a failed attempt; only an interruption ends the turn. */
    Attempt make(Delivery delivery, Work work) throws InterruptedException {
        if (mustWait(delivery)) {
            return new Attempt.MustWait();
        }
        try {
            work.run();
            return new Attempt.Delivered();
        } catch (InterruptedException e) {
            throw e;
        } catch (PartlyDeliveredException partly) {
            return said(delivery, partly);
        } catch (Exception | Error failure) {
            return failed(delivery, failure);
        }
    }

    /** What a sink says of a delivery; if it says nothing of it, it has failed. */
    Attempt said(Delivery delivery, PartlyDeliveredException partly) {
        UUID event = delivery.event().id();
        return partly.delivered().contains(event)
                ? new Attempt.Delivered()
                : failed(delivery, partly.failures().getOrDefault(event, partly));
    }

    private Attempt failed(Delivery delivery, Throwable failure) {
        Attempt.Failed failed = new Attempt.Failed(failure);
        if (!goesOnAfter(delivery, failed)) {
            stopped.add(delivery.line());
        }
        return failed;
    }

    /** Leaves a delivery untried, and with it the later ones of its line. */
    Attempt skip(Delivery delivery) {
        if (mustWait(delivery)) {
            return new Attempt.MustWait();
        }
        stopped.add(delivery.line());
        return new Attempt.NotTried();
    }

    /** Lets nothing more of its line be tried: it stays to be tried itself. */
    void stopLine(Delivery delivery) {
        stopped.add(delivery.line());
    }

    boolean isLast(Delivery delivery, Attempt.Failed failed) {
        return failed.forGood()
                || delivery.attempts() + 1 >= config.policy(delivery.event()).maxAttempts();
    }

    private boolean goesOnAfter(Delivery delivery, Attempt.Failed failed) {
        return isLast(delivery, failed) && config.policy(delivery.event()).onPark() == DeliveryPolicy.OnPark.CONTINUE;
    }
}
