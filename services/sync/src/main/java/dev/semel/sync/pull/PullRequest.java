package dev.semel.sync.pull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.semel.InvalidPayloadException;
import org.jspecify.annotations.Nullable;

/**
 * A pull.
 *
 * @param scope which files
 * @param sinceCursor 0 for all, or the cursor that the last pull has answered
 * @param limit most files of a page: 1 to 1,000, without it 500
 * @param maxBytes about the most bytes of content of a page; without it 4 MiB. A page has at least one file all the same
 * @param patience seconds to wait for something to tell, if there is nothing yet: 0 to 60
 */
public record PullRequest(
        String scope,
        @Nullable Object sinceCursor,
        @Nullable Integer limit,
        @Nullable Long maxBytes,
        @JsonProperty("wait") @Nullable Integer patience) {
    private static final int DEFAULT_LIMIT = 500;
    private static final int MAX_LIMIT = 1_000;
    private static final long DEFAULT_BYTES = 4L << 20;
    private static final long MAX_BYTES = 32L << 20;
    private static final int MAX_WAIT = 60;

    /** @throws InvalidPayloadException if a number is out of bounds, or there is no scope */
    public PullRequest {
        if (scope == null) {
            throw InvalidPayloadException.invalid("/scope", "is required");
        }
        require(limit == null || (limit >= 1 && limit <= MAX_LIMIT), "/limit", "must be 1 to " + MAX_LIMIT);
        require(maxBytes == null || (maxBytes >= 1 && maxBytes <= MAX_BYTES), "/maxBytes", "must be 1 to " + MAX_BYTES);
        require(patience == null || (patience >= 0 && patience <= MAX_WAIT), "/wait", "must be 0 to " + MAX_WAIT);
    }

    private static void require(boolean sound, String pointer, String detail) {
        if (!sound) {
            throw InvalidPayloadException.invalid(pointer, detail);
        }
    }

    int pageLimit() {
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    long pageBytes() {
        return maxBytes == null ? DEFAULT_BYTES : maxBytes;
    }

    int waitSeconds() {
        return patience == null ? 0 : patience;
    }
}
