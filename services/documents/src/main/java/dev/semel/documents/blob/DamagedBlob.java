package dev.semel.documents.blob;

/**
 * Content that is not what was put.
 *
 * @param hash of what was put
 * @param what is wrong with it
 */
public record DamagedBlob(String hash, String what) {}
