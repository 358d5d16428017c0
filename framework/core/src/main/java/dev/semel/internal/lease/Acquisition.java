package dev.semel.internal.lease;

/**
 * A target that was acquired.
 *
 * @param fromExpired whether its last holder had not released it
 */
record Acquisition(long fence, boolean fromExpired) {}
