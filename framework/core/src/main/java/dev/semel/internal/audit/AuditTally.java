package dev.semel.internal.audit;

import dev.semel.audit.AuditListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts entries written and lost, and logs losses at most once in ten seconds. Thread-safe. */
final class AuditTally {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTally.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final List<AuditListener> listeners;
    private long unreported;
    private long nextReport = System.nanoTime();

    AuditTally(List<AuditListener> listeners) {
        this.listeners = listeners;
    }

    void written(int entries) {
        tell(one -> one.written(entries));
        report(0, "see above");
    }

    void lost(int entries, String why) {
        if (entries > 0) {
            tell(one -> one.lost(entries));
            report(entries, why);
        }
    }

    private synchronized void report(int lost, String why) {
        unreported += lost;
        if (unreported > 0 && System.nanoTime() - nextReport >= 0) {
            LOG.warn("{} audit entries of calls that wrote nothing are lost: {}", unreported, why);
            unreported = 0;
            nextReport = System.nanoTime() + PAUSE_NANOS;
        }
    }

    private void tell(Consumer<AuditListener> message) {
        listeners.forEach(listener -> tell(listener, message));
    }

    private static void tell(AuditListener listener, Consumer<AuditListener> message) {
        try {
            message.accept(listener);
        } catch (RuntimeException | Error e) {
            LOG.debug("an audit listener failed: {}", e.getClass().getName());
        }
    }
}
