package dev.semel.sync.review;

import org.jspecify.annotations.Nullable;

/** A file of a changeset with all its texts; null where there is none. Immutable. */
public record FileTexts(
        FileView file,
        @Nullable String base,
        @Nullable String incoming,
        @Nullable String main,
        @Nullable String amended) {}
