package dev.semel.audit;

import java.time.YearMonth;

/**
 * The end of a month's chain of seals: it stands for all rows that are sealed. Keep it outside of the database, and nobody can
 * change a row that it stands for unseen, whatever else is rewritten. Also logged at each sealing, by the logger {@code
 * semel.audit}.
 *
 * @param month in UTC
 * @param seals how many there were
 * @param hash of the last one, in lower-case hex
 */
public record AuditHead(YearMonth month, int seals, String hash) {}
