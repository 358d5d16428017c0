package dev.semel.sync.articles;

import dev.semel.sync.content.TextContent;
import dev.semel.sync.text.SyncPath;
import org.jspecify.annotations.Nullable;

/**
 * A put that breaks no rule by itself, with its content in the store. An argument of gated methods: it is made before their
 * transaction begins. Immutable.
 *
 * @param path null to stay where the article is
 */
public record PreparedDoc(@Nullable SyncPath path, TextContent content) {}
