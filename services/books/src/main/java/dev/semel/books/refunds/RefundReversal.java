package dev.semel.books.refunds;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.money.Money;
import dev.semel.spring.web.Collisions;
import dev.semel.spring.web.PathIds;
import java.util.UUID;

/**
 * Reverses a refund that did not reach the customer: recorded by mistake, or come back. The whole amount is owed to the customer
 * again, by an entry that names the one it reverses; the refund stays, marked as reversed. What the bank has confirmed is unreconciled
 * first.
 */
public final class RefundReversal {
    /** Emitted with the reversed {@link Refund}. */
    public static final String EVENT = "refund.reversed";

    private static final String OPERATION = "reverseRefund";

    private final InvoiceTable invoices;
    private final RefundTable refunds;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public RefundReversal(InvoiceTable invoices, RefundTable refunds, JournalEntryTable journal) {
        this.invoices = invoices;
        this.refunds = refunds;
        this.journal = journal;
    }

    /**
     * The body of the write.
     *
     * @param id the refund's, as the path has it
     * @throws RejectedException if there is none, or it is reversed already, or reconciled
     */
    public Refund handle(String id, Write<ReverseRefund> write) {
        String tenant = write.tenant();
        Refund refund = lockStanding(PathIds.parse(id, "refund"), write);
        invoices.takeBackRefund(tenant, refund.invoiceId(), Money.of(refund.amount(), refund.currency()));
        Refund reversed = refunds.reverse(
                tenant, refund.id(), write.resultId(), write.payload().reason());
        journal.reverse(tenant, write.derivedId("journal"), OPERATION, refund.id(), CreateRefund.OPERATION);
        write.emit(EVENT, "invoice:" + refund.invoiceId(), reversed);
        return reversed;
    }

    private Refund lockStanding(UUID id, Write<ReverseRefund> write) {
        Refund refund = refunds.lock(write.tenant(), id).orElseThrow(() -> PathIds.notFound("refund"));
        if (refunds.findReversed(write.tenant(), write.resultId()).isPresent()) {
            throw Collisions.doneBefore();
        }
        if (refund.reversedAt() != null) {
            throw RejectedException.conflict("REFUND_ALREADY_REVERSED", "The refund is reversed already.");
        }
        if (refunds.isReconciled(write.tenant(), id)) {
            throw RejectedException.conflict(
                    "REFUND_RECONCILED", "The refund is reconciled with a bank transaction: unreconcile that first.");
        }
        return refund;
    }
}
