package dev.semel.internal.audit;

/**
 * A line of an export.
 *
 * @param digest of the row, as it was sealed
 */
public record ExportLine(String digest, StoredRow row) {}
