package dev.semel.testkit.internal.tenancy;

/**
 * What is wrong with one table in one statement.
 *
 * @param table the table, or what else is wrong
 * @param advice what to add
 */
public record Finding(String table, String advice) {}
