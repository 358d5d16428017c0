package dev.semel.testkit.internal;

/** The ways in which a JDBC call goes wrong. */
public enum Fault {
    /** It fails and had no effect. */
    FAILS_BEFORE,
    /** It took effect, and its answer was lost. */
    FAILS_AFTER,
    /** The connection breaks before the call reaches the server. */
    CONNECTION_LOST_BEFORE,
    /** The connection breaks once the call has taken effect. */
    CONNECTION_LOST_AFTER,
    /** It and everything after it fails without effect. */
    FAILS_FROM_HERE_ON;

    boolean isBefore() {
        return this != FAILS_AFTER && this != CONNECTION_LOST_AFTER;
    }

    boolean breaksConnection() {
        return this == CONNECTION_LOST_BEFORE || this == CONNECTION_LOST_AFTER;
    }
}
