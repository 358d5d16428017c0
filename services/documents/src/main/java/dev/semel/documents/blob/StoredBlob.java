package dev.semel.documents.blob;

/**
 * Content that is whole in the store. Immutable.
 *
 * @param hash {@code sha256:} and 64 hexadecimal digits
 * @param size in bytes
 */
public record StoredBlob(String hash, long size) {}
