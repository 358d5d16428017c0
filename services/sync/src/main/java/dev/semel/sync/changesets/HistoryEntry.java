package dev.semel.sync.changesets;

import java.time.Instant;

/** Something that has happened to a changeset. Immutable. */
public record HistoryEntry(String event, String status, int revision, Instant at, String by) {}
