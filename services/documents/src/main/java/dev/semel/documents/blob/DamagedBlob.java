package dev.semel.documents.blob;

/**
 * Content that is not what was put.
 *
 * @param contentHash of what was put
 * @param size of what was put, in bytes
 * @param problem what is wrong with it
 */
public record DamagedBlob(String contentHash, long size, String problem) {}
