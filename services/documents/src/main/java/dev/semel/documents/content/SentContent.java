package dev.semel.documents.content;

import org.jspecify.annotations.Nullable;

/**
 * The content that a request brings or names, safe in the store. An argument of gated methods: it is made before their
 * transaction begins. Immutable.
 *
 * @param content where it is
 * @param type its media type in its plainest spelling; null if the request names none
 */
public record SentContent(Content content, @Nullable String type) {}
