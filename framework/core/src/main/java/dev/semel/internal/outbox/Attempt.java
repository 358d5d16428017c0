package dev.semel.internal.outbox;

import dev.semel.outbox.UndeliverableException;

/** What came of one delivery in one turn. */
sealed interface Attempt {
    /** The sink has it. */
    record Delivered() implements Attempt {}

    /** It has an earlier one of its line to wait for. */
    record MustWait() implements Attempt {}

    /** The turn's time was over before it was tried, or its sink is down. */
    record NotTried() implements Attempt {}

    /** The sink did not take it. */
    record Failed(Throwable failure) implements Attempt {
        private static final String EXHAUSTED = "MAX_ATTEMPTS";
        private static final int LONGEST_REASON = 200;

        boolean forGood() {
            return failure instanceof UndeliverableException;
        }

        /** For operators; an exception's message may hold data. */
        String error() {
            return failure.getClass().getSimpleName();
        }

        /** Why it is parked, for operators: an undeliverable event's message is written for them. */
        String reason() {
            if (!forGood()) {
                return EXHAUSTED;
            }
            String reason = String.valueOf(failure.getMessage());
            // PostgreSQL takes no NUL, and UTF-8 has no lone surrogate.
            return reason.substring(0, Math.min(LONGEST_REASON, reason.length()))
                    .replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        }
    }
}
