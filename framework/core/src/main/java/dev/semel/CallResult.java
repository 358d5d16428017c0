package dev.semel;

import java.util.function.Supplier;

/**
 * How one of several calls ended.
 *
 * @param <R> the operation's result type
 */
public sealed interface CallResult<R> {
    /**
     * The call executed its write or was answered with an earlier execution.
     *
     * @param outcome how it ended
     */
    record Succeeded<R>(Outcome<R> outcome) implements CallResult<R> {}

    /**
     * The call was refused or failed.
     *
     * @param failure what {@link Semel#execute} would have thrown
     */
    record Failed<R>(RuntimeException failure) implements CallResult<R> {}

    /** The result of a call that is made now. */
    static <R> CallResult<R> of(Supplier<Outcome<R>> call) {
        try {
            return new Succeeded<>(call.get());
        } catch (RuntimeException failure) {
            return new Failed<>(failure);
        }
    }
}
