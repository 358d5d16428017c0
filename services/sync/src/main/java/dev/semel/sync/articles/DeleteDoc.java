package dev.semel.sync.articles;

/** A request to delete an article: it has no content, its path says which. */
public record DeleteDoc() {}
