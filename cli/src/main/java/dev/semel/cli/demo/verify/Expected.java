package dev.semel.cli.demo.verify;

/**
 * A row that must be there.
 *
 * @param reference its name in the samples
 * @param content what it must say, in the words of {@link Content}
 */
record Expected(String reference, String content) {}
