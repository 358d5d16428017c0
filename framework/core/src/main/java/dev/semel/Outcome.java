package dev.semel;

import java.util.UUID;

/**
 * How a call under an idempotency key ended well. Refusals and failures are {@linkplain SemelException exceptions}.
 * Immutable.
 *
 * @param <R> the operation's result type
 */
public sealed interface Outcome<R> {
    /** The write's deterministic id. */
    UUID resultId();

    /** The response as stored: equal bytes for the execution and each of its replays. */
    Snapshot snapshot();

    /**
     * What the handler returned. For a replay from the store it is read from the snapshot at each call.
     *
     * @throws InvalidPayloadException if the stored bytes no longer fit the result type
     */
    R result();

    /** Whether an earlier execution is answered again. */
    default boolean replayed() {
        return this instanceof Replayed<R>;
    }

    /**
     * This call executed the write.
     *
     * @param resultId the write's deterministic id
     * @param snapshot the response as stored
     * @param result what the handler returned
     */
    record Executed<R>(UUID resultId, Snapshot snapshot, R result) implements Outcome<R> {}

    /**
     * An earlier call executed the write; nothing was written now.
     *
     * @param resultId the write's deterministic id
     * @param snapshot the response as stored by the execution
     * @param stored reads the result
     */
    record Replayed<R>(UUID resultId, Snapshot snapshot, StoredResult<R> stored) implements Outcome<R> {
        @Override
        public R result() {
            return stored.read();
        }
    }

    /** Gives the result of an earlier execution. */
    @FunctionalInterface
    interface StoredResult<R> {
        /**
         * Reads the stored result.
         *
         * @throws InvalidPayloadException if the stored bytes no longer fit the result type
         */
        R read();
    }
}
