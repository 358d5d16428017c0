package dev.semel.books.payments;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.money.Money;
import dev.semel.spring.web.Collisions;
import dev.semel.spring.web.PathIds;
import java.util.UUID;

/**
 * Reverses a payment that was none: recorded by mistake, bounced, charged back. The whole amount is owed again, by an entry that
 * names the one it reverses; the payment stays, marked as reversed. What the bank has confirmed is unreconciled first.
 */
public final class PaymentReversal {
    /** Emitted with the reversed {@link Payment}. */
    public static final String EVENT = "payment.reversed";

    private static final String OPERATION = "reversePayment";

    private final InvoiceTable invoices;
    private final PaymentTable payments;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public PaymentReversal(InvoiceTable invoices, PaymentTable payments, JournalEntryTable journal) {
        this.invoices = invoices;
        this.payments = payments;
        this.journal = journal;
    }

    /**
     * The body of the write.
     *
     * @param id the payment's, as the path has it
     * @throws RejectedException if there is none, or it is reversed already, or reconciled
     */
    public Payment handle(String id, Write<ReversePayment> write) {
        String tenant = write.tenant();
        Payment payment = lockStanding(PathIds.parse(id, "payment"), write);
        invoices.owe(tenant, payment.invoiceId(), Money.of(payment.amount(), payment.currency()));
        Payment reversed = payments.reverse(
                tenant, payment.id(), write.resultId(), write.payload().reason());
        journal.reverse(tenant, write.derivedId("journal"), OPERATION, payment.id(), CreatePayment.OPERATION);
        write.emit(EVENT, "invoice:" + payment.invoiceId(), reversed);
        return reversed;
    }

    private Payment lockStanding(UUID id, Write<ReversePayment> write) {
        Payment payment = payments.lock(write.tenant(), id).orElseThrow(() -> PathIds.notFound("payment"));
        if (payments.findReversed(write.tenant(), write.resultId()).isPresent()) {
            throw Collisions.doneBefore();
        }
        if (payment.reversedAt() != null) {
            throw RejectedException.conflict("PAYMENT_ALREADY_REVERSED", "The payment is reversed already.");
        }
        if (payments.isReconciled(write.tenant(), id)) {
            throw RejectedException.conflict(
                    "PAYMENT_RECONCILED", "The payment is reconciled with a bank transaction: unreconcile that first.");
        }
        return payment;
    }
}
