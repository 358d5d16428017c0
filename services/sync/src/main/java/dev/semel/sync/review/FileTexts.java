package dev.semel.sync.review;

import org.jspecify.annotations.Nullable;

/**
 * A file of a changeset with all its texts; null where there is none, or where it is one of a changeset that
 * was closed so long ago that it is forgotten: {@code file} has its hash and size then. Immutable.
 */
public record FileTexts(
        FileView file,
        @Nullable String base,
        @Nullable String incoming,
        @Nullable String main,
        @Nullable String amended) {}
