package dev.semel.audit;

/** How a call ended, in the audit log. */
public enum AuditStatus {
    /** The write was executed and committed. */
    EXECUTED,
    /** A business rejection was committed, to be answered again. */
    REJECTED,
    /** An earlier execution was answered again. */
    REPLAYED,
    /** The call was refused; nothing was written. */
    REFUSED,
    /** The call failed; nothing was written. */
    FAILED,
    /** Not a call: the relay gave up on delivering an event to one of its sinks. */
    PARKED
}
