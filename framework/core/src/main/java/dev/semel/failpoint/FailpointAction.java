package dev.semel.failpoint;

import java.time.Duration;

/** What happens at an armed failpoint. */
public sealed interface FailpointAction {
    /** Throws a {@link FailpointException}. */
    record Throw() implements FailpointAction {}

    /**
     * Stalls, then goes on.
     *
     * @param length how long
     */
    record Delay(Duration length) implements FailpointAction {}

    /** Ends the process at once, as a crash would: no shutdown hook runs. */
    record KillProcess() implements FailpointAction {}

    /** Breaks the transaction's connection, as a failing network would; at a place without one it throws. */
    record DropConnection() implements FailpointAction {}
}
