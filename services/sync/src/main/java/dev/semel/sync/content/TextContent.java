package dev.semel.sync.content;

import org.jspecify.annotations.Nullable;

/**
 * Content of a file, in the form in which it is stored. Immutable.
 *
 * @param hash {@code sha256:} and 64 hexadecimal digits
 * @param size in bytes
 * @param inline the bytes if they lie in the row; null for a blob. Not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TextContent(String hash, long size, byte @Nullable [] inline) {
    /** Without the content. */
    @Override
    public String toString() {
        return "TextContent[" + hash + "]";
    }
}
