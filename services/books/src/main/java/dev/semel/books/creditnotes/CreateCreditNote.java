package dev.semel.books.creditnotes;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.books.invoices.CreditedLine;
import dev.semel.books.invoices.InvoiceLineTable;
import dev.semel.books.invoices.InvoiceStatus;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.invoices.StoredInvoice;
import dev.semel.books.ledger.Account;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.ledger.Posting;
import dev.semel.books.money.Money;
import dev.semel.spring.web.Collisions;
import dev.semel.spring.web.PathIds;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Credits a final invoice, in whole or by lines, under the tenant's next number. What is still owed is reduced first; what goes
 * beyond that was paid already and is owed to the customer. Credit notes and payments on one invoice wait for each other.
 */
public final class CreateCreditNote {
    /** Emitted with a {@link CreditNoteEvent}. */
    public static final String EVENT = "credit-note.created";

    private static final String OPERATION = "createCreditNote";

    private final InvoiceTable invoices;
    private final InvoiceLineTable invoiceLines;
    private final CreditNoteTable notes;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public CreateCreditNote(
            InvoiceTable invoices, InvoiceLineTable invoiceLines, CreditNoteTable notes, JournalEntryTable journal) {
        this.invoices = invoices;
        this.invoiceLines = invoiceLines;
        this.notes = notes;
        this.journal = journal;
    }

    /**
     * The body of the write.
     *
     * @param id the invoice's, as the path has it
     * @throws RejectedException if there is no such invoice, or it is a draft, or not as much is left
     */
    public CreditNote handle(String id, Write<NewCreditNote> write) {
        String tenant = write.tenant();
        StoredInvoice invoice = lockFinal(PathIds.parse(id, "invoice"), write);
        List<CreditedLine> shares = shares(tenant, invoice, write.payload().lines());
        Money total =
                shares.stream().map(CreditedLine::amount).reduce(Money::plus).orElseThrow();
        Money refundable = beyond(total, invoice.balance());
        invoiceLines.credit(tenant, invoice.id(), shares);
        invoices.credit(tenant, invoice.id(), total, refundable);
        journal.post(tenant, posting(write, invoice, total, refundable));
        notes.insertLines(tenant, write.resultId(), invoice.id(), shares);
        // Last, since it takes the lock on the tenant's number.
        CreditNote note = notes.insert(
                tenant,
                write.resultId(),
                invoice.id(),
                total,
                refundable,
                write.payload().reason());
        CreditNote complete = note.withLines(lines(shares));
        write.emit(EVENT, "invoice:" + invoice.id(), CreditNoteEvent.of(complete));
        return complete;
    }

    private StoredInvoice lockFinal(UUID id, Write<?> write) {
        StoredInvoice invoice = invoices.lock(write.tenant(), id).orElseThrow(() -> PathIds.notFound("invoice"));
        if (notes.exists(write.tenant(), write.resultId())) {
            throw Collisions.doneBefore(); // before what is left by now is looked at
        }
        if (invoice.status() == InvoiceStatus.DRAFT) {
            throw RejectedException.rule("INVOICE_NOT_FINAL", "A draft asks for nothing that could be credited.");
        }
        return invoice;
    }

    private List<CreditedLine> shares(String tenant, StoredInvoice invoice, @Nullable List<NewCreditLine> asked) {
        Shares shares = new Shares(invoiceLines.open(tenant, invoice));
        return asked == null ? shares.rest() : shares.of(asked);
    }

    private static Money beyond(Money total, Money balance) {
        return total.compareTo(balance) > 0 ? total.minus(balance) : Money.zero(total.currency());
    }

    /** What takes back all that the invoice has posted names that entry. */
    private static Posting posting(Write<?> write, StoredInvoice invoice, Money total, Money refundable) {
        boolean whole = refundable.isZero() && total.equals(invoice.total());
        return new Posting(
                write.derivedId("journal"),
                OPERATION,
                write.resultId(),
                List.of(new Posting.Line(Account.REVENUE, total)),
                Stream.of(
                                new Posting.Line(Account.RECEIVABLE, total.minus(refundable)),
                                new Posting.Line(Account.CUSTOMER_CREDITS, refundable))
                        .filter(line -> !line.amount().isZero())
                        .toList(),
                whole ? invoice.finalizationId() : null);
    }

    private static List<CreditNoteLine> lines(List<CreditedLine> shares) {
        return shares.stream()
                .map(share -> new CreditNoteLine(share.line(), share.amount().text()))
                .sorted(Comparator.comparingInt(CreditNoteLine::line))
                .toList();
    }
}
