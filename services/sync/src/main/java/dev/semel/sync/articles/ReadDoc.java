package dev.semel.sync.articles;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * An article as it is read.
 *
 * @param content its text; null if it is deleted
 */
public record ReadDoc(
        @JsonUnwrapped Doc doc,
        String contentType,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String content) {}
