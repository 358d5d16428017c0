package dev.semel.documents.content;

import org.jspecify.annotations.Nullable;

/** A payload that brings content, or names content that was put before. Exactly one of both. */
public interface CarriesContent {
    /** The content itself, a text; null if it is named. */
    @Nullable
    String content();

    /** The name of content in the store; null if it is brought. */
    @Nullable
    String contentHash();

    /** The content's media type; null to leave it open. */
    @Nullable
    String contentType();
}
