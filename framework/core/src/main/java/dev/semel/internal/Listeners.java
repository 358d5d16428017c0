package dev.semel.internal;

import dev.semel.Call;
import dev.semel.SemelException;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners; whatever one of them throws is logged and goes no further. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<WriteListener> listeners;

    Listeners(List<WriteListener> listeners) {
        this.listeners = listeners;
    }

    Observation observe(Call<?, ?> call) {
        return new Observation(new WriteInfo(call.caller(), call.operation(), resourceId(call)), System.nanoTime());
    }

    static String resourceId(Call<?, ?> call) {
        String id = call.variables().get("id");
        return id != null
                ? id
                : Names.resultId(
                                call.caller().tenant(),
                                call.operation().name(),
                                call.key().value())
                        .toString();
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
        private final WriteInfo info;
        private final long startNanos;

        private Observation(WriteInfo info, long startNanos) {
            this.info = info;
            this.startNanos = startNanos;
        }

        void begin() {
            tell(listener -> listener.began(info));
        }

        /** A duplicate that joined another call is told of when it is over, and not at all when it has to try again. */
        void joined(boolean answered, @Nullable Throwable failure) {
            if (failure != null) {
                begin();
                rolledBack(failure);
            } else if (answered) {
                begin();
                committed(true);
            }
        }

        void committed(boolean replayed) {
            tell(listener -> listener.committed(info, replayed, duration()));
        }

        void rolledBack(Throwable failure) {
            tell(listener -> listener.rolledBack(info, code(failure), duration()));
        }

        private Duration duration() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }

        private static String code(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause instanceof SemelException known ? known.code() : "HANDLER_FAILED";
        }
    }
}
