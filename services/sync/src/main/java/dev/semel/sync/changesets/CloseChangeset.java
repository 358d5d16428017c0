package dev.semel.sync.changesets;

/** A request to withdraw a changeset: it has no content, its path says which. */
public record CloseChangeset() {}
