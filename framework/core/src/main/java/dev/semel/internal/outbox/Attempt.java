package dev.semel.internal.outbox;

import dev.semel.outbox.UndeliverableException;

/** What came of one delivery in one turn. */
sealed interface Attempt {
    /** The sink has it. */
    record Delivered() implements Attempt {}

    /** It has an earlier one of its line to wait for. */
    record MustWait() implements Attempt {}

    /** The sink did not take it. */
    record Failed(Exception failure) implements Attempt {
        boolean forGood() {
            return failure instanceof UndeliverableException;
        }

        /** For operators; an exception's message may hold data, but an undeliverable one's is written for them. */
        String error() {
            return failure.getClass().getSimpleName();
        }
    }
}
