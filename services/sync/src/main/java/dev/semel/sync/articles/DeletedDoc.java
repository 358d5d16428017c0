package dev.semel.sync.articles;

/** An article that is deleted, at which version. Immutable. */
public record DeletedDoc(String jrn, long version) {}
