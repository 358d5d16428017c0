package dev.semel.books.bank;

/**
 * Why a line of a statement was refused.
 *
 * @param line its number in the file for CSV, its entry's number for CAMT.053, both from 1
 * @param code stable, upper-case words joined by underscores
 * @param detail one sentence that does not repeat what was sent
 */
public record LineError(int line, String code, String detail) {}
