package dev.semel.sync.rebase;

import dev.semel.RejectedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A rebase that was prepared, or the refusal that it came to. An argument of gated methods: what is refused is refused inside the write, so
 * that a retry of what has been done is answered, whatever has become of the changeset since. Immutable.
 */
public record RebaseAttempt(
        @Nullable PreparedRebase prepared, @Nullable RejectedException refusal) {
    /** Prepares. */
    public static RebaseAttempt of(Supplier<PreparedRebase> preparation) {
        try {
            return new RebaseAttempt(preparation.get(), null);
        } catch (RejectedException refusal) {
            return new RebaseAttempt(null, refusal);
        }
    }

    PreparedRebase orThrow() {
        if (prepared == null) {
            throw refusal == null ? new IllegalStateException("neither prepared nor refused") : refusal;
        }
        return prepared;
    }
}
