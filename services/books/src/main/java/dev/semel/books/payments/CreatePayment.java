package dev.semel.books.payments;

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
 * Records a payment on a final invoice, never more than its balance, and posts it as clearing against receivable: it is at the
 * bank when it is reconciled. Payments on one invoice wait for each other; those on different ones do not.
 */
public final class CreatePayment implements Handler<NewPayment, Payment> {
    /** Emitted with the {@link Payment}. */
    public static final String EVENT = "payment.recorded";

    static final String OPERATION = "createPayment";

    private final InvoiceTable invoices;
    private final PaymentTable payments;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public CreatePayment(InvoiceTable invoices, PaymentTable payments, JournalEntryTable journal) {
        this.invoices = invoices;
        this.payments = payments;
        this.journal = journal;
    }

    @Override
    public Payment handle(Write<NewPayment> write) {
        String tenant = write.tenant();
        Money amount = write.payload().money();
        StoredInvoice invoice =
                invoices.lock(tenant, write.payload().invoiceId()).orElseThrow(() -> PathIds.notFound("invoice"));
        // Before the rules: should this very payment be there already, although its key is forgotten, then the
        // collision
        // must be seen by the engine, and not the overpayment that it would be now.
        Payment payment = payments.insert(tenant, write.resultId(), write.payload());
        requirePayable(invoice, amount);
        invoices.pay(tenant, invoice.id(), amount);
        journal.post(tenant, posting(write));
        emit(write, payment);
        return payment;
    }

    private static void requirePayable(StoredInvoice invoice, Money amount) {
        if (invoice.status() == InvoiceStatus.DRAFT) {
            throw RejectedException.rule("INVOICE_NOT_FINAL", "A draft cannot be paid: finalize the invoice first.");
        }
        if (!amount.currency().equals(invoice.total().currency())) {
            throw RejectedException.rule("CURRENCY_MISMATCH", "The invoice has another currency.");
        }
        if (amount.compareTo(invoice.balance()) > 0) {
            throw RejectedException.rule("OVERPAYMENT", "The amount is larger than what is still to be paid.");
        }
    }

    static void emit(Write<NewPayment> write, Payment payment) {
        write.emit(EVENT, "invoice:" + payment.invoiceId(), payment);
    }

    static Posting posting(Write<NewPayment> write) {
        Money amount = write.payload().money();
        return Posting.of(
                write.derivedId("journal"),
                OPERATION,
                write.resultId(),
                new Posting.Line(Account.CLEARING, amount),
                new Posting.Line(Account.RECEIVABLE, amount));
    }
}
