package dev.semel.books.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A posted entry. Immutable.
 *
 * @param operation the operation that posted it
 * @param sourceId the row that was posted: an invoice, a credit note, a payment, a payroll run, a bank transaction
 * @param total what each side sums up to
 * @param reverses the entry that it takes back; null for all others
 */
public record JournalEntry(
        UUID id,
        String operation,
        UUID sourceId,
        String currency,
        String total,
        @Nullable UUID reverses,
        List<JournalLine> lines,
        Instant createdAt) {
    /** Copies the lines. */
    public JournalEntry {
        lines = List.copyOf(lines);
    }

    JournalEntry withLines(List<JournalLine> itsLines) {
        return new JournalEntry(id, operation, sourceId, currency, total, reverses, itsLines, createdAt);
    }
}
