package dev.semel;

/** How bad a second execution of an {@link Operation} would be. It decides what remains of a key after it has expired. */
public enum Risk {
    /** Money moves. The key's tombstone outlives its response, so that a late retry is never executed again. */
    FINANCIAL,
    /** A duplicate does lasting harm, but no money moves. */
    HIGH_RISK,
    /** A duplicate is a nuisance. */
    STANDARD
}
