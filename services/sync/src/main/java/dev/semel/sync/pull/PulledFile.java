package dev.semel.sync.pull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of a file. Immutable.
 *
 * @param serverPath where it is, or was
 * @param version of the file
 * @param content the text, if it is live and fits in the page; or else
 * @param blob the name of the content, to be read at {@code /v1/blobs/{hash}}
 * @param size of the content in bytes
 * @param deletedAt null unless it is deleted
 */
public record PulledFile(
        String fileId,
        String serverPath,
        long version,
        String contentHash,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String content,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String blob,
        long size,
        boolean deleted,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant deletedAt) {}
