package dev.semel.documents.versions;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Text that is to become the active version of a managed document. Immutable.
 *
 * @param document an existing one, or the id of one that is to be created
 * @param created whether it is to be created
 * @param title of a new document: 1 to 200 characters
 * @param version the id of the version, unique in the tenant
 * @param contentHash {@code sha256:} and 64 hexadecimal digits
 * @param size in bytes
 * @param inline the bytes if they are to lie in the row, at most {@link dev.semel.documents.content.Content.Small#MAX_BYTES}; null
 *     for a blob. Not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NewPublication(
        UUID document,
        boolean created,
        String title,
        UUID version,
        String contentHash,
        long size,
        byte @Nullable [] inline) {}
