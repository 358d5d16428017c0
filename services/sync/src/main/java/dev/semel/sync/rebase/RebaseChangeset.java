package dev.semel.sync.rebase;

/** A request to rebase a changeset: it has no content, its path says which. */
public record RebaseChangeset() {}
