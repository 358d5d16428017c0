package dev.semel.documents.versions;

/** A request to restore a deleted version: it has no content, its path says which. */
public record RestoreVersion() {}
