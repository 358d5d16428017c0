package dev.semel.sync.articles;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What an article is to become.
 *
 * @param content the text
 * @param version the one that the client has seen; 0 for an article that it makes. Needed unless the header {@code If-Match} says it
 * @param serverPath where a file of sync is to be; without it where it is. An ordinary article has none
 */
public record PutDoc(
        @NotNull String content,
        @Min(0) @Nullable Long version,
        @Nullable String serverPath) {
    /** Without path and content. */
    @Override
    public String toString() {
        return "PutDoc[" + version + "]";
    }
}
