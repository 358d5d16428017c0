package dev.semel.internal;

import dev.semel.Outcome;
import dev.semel.RejectedException;

/** How one transaction of a write ended, other than by an exception. */
sealed interface Step<R> {
    /** The call has its outcome. */
    record Done<R>(Outcome<R> outcome) implements Step<R> {}

    /** A rejection was committed, now or earlier. */
    record Rejected<R>(RejectedException rejection) implements Step<R> {}

    /** Another node holds the key. */
    record Busy<R>(boolean samePayload) implements Step<R> {}
}
