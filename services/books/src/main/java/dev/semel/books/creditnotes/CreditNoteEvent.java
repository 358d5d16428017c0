package dev.semel.books.creditnotes;

import java.util.UUID;

/** What events tell of a credit note; the rest is to be read. Immutable. */
public record CreditNoteEvent(UUID id, long number, UUID invoiceId, String currency, String total, String refundable) {
    static CreditNoteEvent of(CreditNote note) {
        return new CreditNoteEvent(
                note.id(), note.number(), note.invoiceId(), note.currency(), note.total(), note.refundable());
    }
}
