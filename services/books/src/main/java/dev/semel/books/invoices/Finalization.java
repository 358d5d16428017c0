package dev.semel.books.invoices;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.books.ledger.Account;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.ledger.Posting;
import dev.semel.spring.web.Collisions;
import dev.semel.spring.web.PathIds;
import java.util.UUID;

/**
 * Finalizes an invoice: from now on it is owed, and posted as receivable against revenue. An invoice over nothing owes
 * nothing, so it is paid at once and there is nothing to post.
 */
public final class Finalization {
    /** Emitted with an {@link InvoiceEvent}. */
    public static final String EVENT = "invoice.finalized";

    private static final String OPERATION = "finalizeInvoice";

    private final InvoiceTable invoices;
    private final InvoiceLineTable lines;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public Finalization(InvoiceTable invoices, InvoiceLineTable lines, JournalEntryTable journal) {
        this.invoices = invoices;
        this.lines = lines;
        this.journal = journal;
    }

    /**
     * The body of the write.
     *
     * @param id the invoice's, as the path has it
     * @throws RejectedException if there is no such invoice, or it is no draft
     */
    public Invoice handle(String id, Write<FinalizeInvoice> write) {
        StoredInvoice invoice = lockDraft(PathIds.parse(id, "invoice"), write);
        if (!invoice.total().isZero()) {
            journal.post(write.tenant(), posting(invoice, write.resultId()));
        }
        StoredInvoice changed = invoices.setFinal(write.tenant(), invoice.id(), write.resultId());
        Invoice answer = lines.complete(write.tenant(), changed);
        write.emit(EVENT, "invoice:" + answer.id(), InvoiceEvent.of(answer));
        return answer;
    }

    private StoredInvoice lockDraft(UUID id, Write<?> write) {
        StoredInvoice invoice = invoices.lock(write.tenant(), id).orElseThrow(() -> PathIds.notFound("invoice"));
        if (write.resultId().equals(invoice.finalizationId())) {
            throw Collisions.doneBefore();
        }
        if (invoice.status() != InvoiceStatus.DRAFT) {
            throw RejectedException.conflict("INVOICE_ALREADY_FINAL", "The invoice is final already.");
        }
        return invoice;
    }

    private static Posting posting(StoredInvoice invoice, UUID id) {
        return Posting.of(
                id,
                OPERATION,
                invoice.id(),
                new Posting.Line(Account.RECEIVABLE, invoice.total()),
                new Posting.Line(Account.REVENUE, invoice.total()));
    }
}
