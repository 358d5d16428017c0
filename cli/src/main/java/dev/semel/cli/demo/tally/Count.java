package dev.semel.cli.demo.tally;

/** What can become of one request; exactly one of these. */
public enum Count {
    /** Answered 201: this request did the write. */
    EXECUTED,
    /** Answered 200 with the first answer's body. */
    REPLAYED,
    /** Answered 409: the key was used with another payload. */
    REFUSED,
    /** Answered "come back later". */
    BUSY,
    /** No answer arrived. */
    LOST,
    /** Answered with something that the contract does not foresee here. */
    FAILED
}
