package dev.semel.cli.demo.fake;

/** How a server can break its promise; each must be noticed. */
public enum Fault {
    NONE,
    /** Ignores the key of a payment: every copy is executed and answered 201. */
    EXECUTES_EVERY_COPY,
    /** Answers as it should, but books each payment twice. */
    BOOKS_TWICE,
    /** Answers 201 and forgets the payment. */
    LOSES_PAYMENTS,
    /** Books another amount than it was asked to. */
    CHANGES_AMOUNTS,
    /** A replay's body differs from the first. */
    REWRITES_REPLAYS,
    /** Does not look at the payload when the key is known. */
    ACCEPTS_CHANGED_PAYLOADS,
    /** Says that a replay is new, in the header. */
    WRONG_HEADER,
    /** Answers payments with 500. */
    FAILS,
    /** Debits and credits differ. */
    UNBALANCED,
    /** Skips an invoice number. */
    SKIPS_NUMBERS,
    /** Keeps no customer's accents. */
    MANGLES_NAMES
}
