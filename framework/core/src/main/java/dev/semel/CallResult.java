package dev.semel;

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
}
