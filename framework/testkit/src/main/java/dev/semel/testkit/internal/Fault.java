package dev.semel.testkit.internal;

/** The ways in which a JDBC call goes wrong. */
public enum Fault {
    /** The server fails it: it has no effect, and its transaction accepts nothing more until it is rolled back. */
    FAILS_BEFORE,
    /** Likewise, and the connection breaks at the rollback, commit or close that follows. */
    FAILS_BEFORE_AND_CONNECTION_LOST_LATER,
    /** It took effect, and its answer was lost. */
    FAILS_AFTER,
    /** Likewise, and the connection breaks at the rollback, commit or close that follows. */
    FAILS_AFTER_AND_CONNECTION_LOST_LATER,
    /** The connection breaks before the call reaches the server. */
    CONNECTION_LOST_BEFORE,
    /** The connection breaks once the call has taken effect. */
    CONNECTION_LOST_AFTER,
    /** It and everything after it fails without effect. */
    FAILS_FROM_HERE_ON;

    boolean isBefore() {
        return this != FAILS_AFTER && this != FAILS_AFTER_AND_CONNECTION_LOST_LATER && this != CONNECTION_LOST_AFTER;
    }

    boolean isFailedByTheServer() {
        return this == FAILS_BEFORE || this == FAILS_BEFORE_AND_CONNECTION_LOST_LATER;
    }

    boolean losesConnectionLater() {
        return this == FAILS_BEFORE_AND_CONNECTION_LOST_LATER || this == FAILS_AFTER_AND_CONNECTION_LOST_LATER;
    }

    boolean breaksConnection() {
        return this == CONNECTION_LOST_BEFORE || this == CONNECTION_LOST_AFTER;
    }
}
