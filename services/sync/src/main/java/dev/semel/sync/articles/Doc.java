package dev.semel.sync.articles;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An article without its content. Immutable.
 *
 * @param jrn its name
 * @param version counts content, path and deletion
 * @param contentHash {@code sha256:} and 64 hexadecimal digits, of the content as it is stored
 * @param size of the content in bytes
 * @param deleted whether only its tombstone is left
 * @param scope of a file of sync
 * @param serverPath of a file of sync: where it is, or was
 */
public record Doc(
        String jrn,
        long version,
        String contentHash,
        long size,
        boolean deleted,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String scope,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String serverPath) {}
