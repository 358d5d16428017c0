package dev.semel.bench.round;

/**
 * Who is measured. Immutable.
 *
 * @param name short, for tables; with the version of a library
 * @param promise what it guarantees, in one line: contenders that promise less are cheaper
 */
public record Contender(String name, String promise) {}
