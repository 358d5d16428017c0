package dev.semel.books.refunds;

import dev.semel.Handler;
import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.books.invoices.InvoiceStatus;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.invoices.StoredInvoice;
import dev.semel.books.ledger.Account;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.ledger.Posting;
import dev.semel.books.money.Money;
import dev.semel.spring.web.PathIds;

/**
 * Pays back what credit notes on an invoice owe to the customer, never more than was paid beyond what the invoice still asks for, and
 * posts it as customer credits against clearing: it has left the bank when it is reconciled. Refunds, payments and credit notes on one
 * invoice wait for each other.
 */
public final class CreateRefund implements Handler<NewRefund, Refund> {
    /** Emitted with the {@link Refund}. */
    public static final String EVENT = "refund.recorded";

    static final String OPERATION = "createRefund";

    private final InvoiceTable invoices;
    private final RefundTable refunds;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public CreateRefund(InvoiceTable invoices, RefundTable refunds, JournalEntryTable journal) {
        this.invoices = invoices;
        this.refunds = refunds;
        this.journal = journal;
    }

    @Override
    public Refund handle(Write<NewRefund> write) {
        String tenant = write.tenant();
        Money amount = write.payload().money();
        StoredInvoice invoice =
                invoices.lock(tenant, write.payload().invoiceId()).orElseThrow(() -> PathIds.notFound("invoice"));
        // Before the rules, as a payment: this very refund may be there already, although its key is forgotten.
        Refund refund = refunds.insert(tenant, write.resultId(), write.payload());
        requireOwed(invoice, amount);
        invoices.refund(tenant, invoice.id(), amount);
        journal.post(
                tenant,
                Posting.of(
                        write.derivedId("journal"),
                        OPERATION,
                        write.resultId(),
                        new Posting.Line(Account.CUSTOMER_CREDITS, amount),
                        new Posting.Line(Account.CLEARING, amount)));
        write.emit(EVENT, "invoice:" + invoice.id(), refund);
        return refund;
    }

    private static void requireOwed(StoredInvoice invoice, Money amount) {
        if (invoice.status() == InvoiceStatus.DRAFT) {
            throw RejectedException.rule("INVOICE_NOT_FINAL", "Nothing was paid on a draft.");
        }
        if (!amount.currency().equals(invoice.total().currency())) {
            throw RejectedException.rule("CURRENCY_MISMATCH", "The invoice has another currency.");
        }
        if (amount.compareTo(invoice.owedBack()) > 0) {
            throw RejectedException.rule(
                    "REFUND_TOO_LARGE", "The amount is larger than what is owed to the customer for this invoice.");
        }
    }
}
