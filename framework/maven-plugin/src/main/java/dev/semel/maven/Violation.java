package dev.semel.maven;

/**
 * One breach of the write contract.
 *
 * @param code the check
 * @param message what is wrong and what to do
 * @param place where
 */
public record Violation(Code code, String message, Place place) {}
