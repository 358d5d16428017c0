package dev.semel.documents.blob;

import java.io.InputStream;

/**
 * Bytes as a store has them, opened.
 *
 * @param size how many the store says there are
 * @param input to be closed by whoever opened them
 */
public record StoredBytes(long size, InputStream input) {}
