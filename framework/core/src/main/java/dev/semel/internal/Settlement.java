package dev.semel.internal;

import java.util.Optional;

/** How a call that waited in a queue goes on, in its own thread. */
sealed interface Settlement<R> {
    /**
     * A try of it is over, as if it had made it itself.
     *
     * @param step empty to try again
     * @param events how many it emitted
     */
    record Tried<R>(Optional<Step<R>> step, int events) implements Settlement<R> {}

    /** Its handler failed and what it did was undone. */
    record HandlerFailed<R>(Exception failure) implements Settlement<R> {}

    /** No transaction could be opened. */
    record NotBegun<R>(Exception failure) implements Settlement<R> {}

    /**
     * It ends with that.
     *
     * @param failure a runtime exception or an error
     */
    record Thrown<R>(Throwable failure) implements Settlement<R> {}

    /** It did nothing yet, or all that it did was undone: it goes into a transaction of its own. */
    record Alone<R>() implements Settlement<R> {}
}
