package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Committed;
import dev.semel.Outcome;
import dev.semel.SemelException;
import dev.semel.UnavailableException;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import dev.semel.audit.AuditEntry;
import dev.semel.audit.AuditStatus;
import dev.semel.audit.AuditTrail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners; whatever one of them throws is logged and goes no further. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<WriteListener> listeners;
    private final AuditTrail auditTrail;

    Listeners(List<WriteListener> listeners, AuditTrail auditTrail) {
        this.listeners = listeners;
        this.auditTrail = auditTrail;
    }

    Observation observe(Call<?, ?> call) {
        return new Observation(call, System.nanoTime());
    }

    /** @param resultId costs a hash where it is not at hand, so it is asked for only if the call names no resource */
    static String resourceId(Call<?, ?> call, Supplier<UUID> resultId) {
        String id = call.variables().get("id");
        return id != null ? id : resultId.get().toString();
    }

    void coalesced(int together, int alone) {
        tell(listener -> listener.coalesced(together, alone));
    }

    private void tell(Consumer<WriteListener> message) {
        for (WriteListener listener : listeners) {
            try {
                message.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.warn("a write listener failed: {}", listener.getClass().getName(), e);
            }
        }
    }

    /** One call that listeners were told of. */
    final class Observation {
        private final Call<?, ?> call;
        private final WriteInfo info;
        private final long startNanos;

        private Observation(Call<?, ?> call, long startNanos) {
            this.call = call;
            this.info = new WriteInfo(call.caller(), call.operation(), resourceId(call, () -> Work.resultId(call)));
            this.startNanos = startNanos;
        }

        /** Tells how the work, which began before, ends. */
        <R> Outcome<R> observe(Supplier<Outcome<R>> work, IntSupplier events) {
            try {
                Outcome<R> outcome = work.get();
                committed(outcome, events.getAsInt());
                return outcome;
            } catch (RuntimeException | Error failure) {
                rolledBack(failure);
                throw failure;
            }
        }

        void begin() {
            tell(listener -> listener.began(info));
        }

        /** A duplicate that joined another call is told of when it is over, and not at all when it has to try again. */
        void joined(Optional<? extends Outcome<?>> answer, @Nullable Throwable failure) {
            if (failure != null) {
                begin();
                rolledBack(failure);
            } else if (answer.isPresent()) {
                begin();
                committed(answer.get(), 0);
            }
        }

        void committed(Outcome<?> outcome, int events) {
            Committed committed = new Committed(outcome.replayed(), outcome.replayed() ? 0 : events, duration());
            tell(listener -> listener.committed(info, committed));
            if (outcome.replayed()) {
                audit(AuditStatus.REPLAYED, outcome.resultId(), null);
            }
        }

        void rolledBack(Throwable failure) {
            Throwable cause = unwrapped(failure);
            String code = cause instanceof SemelException known ? known.code() : "HANDLER_FAILED";
            tell(listener -> listener.rolledBack(info, code, duration()));
            boolean refused = cause instanceof SemelException && !(cause instanceof UnavailableException);
            audit(refused ? AuditStatus.REFUSED : AuditStatus.FAILED, null, code);
        }

        private void audit(AuditStatus status, @Nullable UUID resultId, @Nullable String code) {
            auditTrail.add(new AuditEntry(call, resultId, info.resourceId(), status, code, duration()));
        }

        private Duration duration() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }

        private static Throwable unwrapped(Throwable failure) {
            return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        }
    }
}
