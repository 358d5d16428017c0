package dev.semel.documents.versions;

/** A request to delete a version: it has no content, its path says which. */
public record DeleteVersion() {}
