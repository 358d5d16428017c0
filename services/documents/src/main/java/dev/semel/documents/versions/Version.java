package dev.semel.documents.versions;

import java.time.Instant;
import java.util.UUID;

/**
 * A version of a document. Immutable; its content never changes.
 *
 * @param version its number: 1, 2, 3 and so on, without gaps
 * @param contentHash {@code sha256:} and 64 hexadecimal digits
 * @param size in bytes
 * @param contentType as it was sent, in its plainest spelling
 * @param deleted whether its content is not served until it is restored
 */
public record Version(
        UUID documentId,
        long version,
        String contentHash,
        long size,
        String contentType,
        boolean deleted,
        Instant createdAt) {}
