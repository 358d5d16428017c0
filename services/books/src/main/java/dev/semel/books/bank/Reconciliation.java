package dev.semel.books.bank;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.spring.web.Collisions;
import dev.semel.spring.web.PathIds;
import java.util.UUID;

/**
 * Reconciles a bank transaction with the payment that it brought, or the refund that it paid: what was received is at the bank, and
 * posted as bank against clearing, what was paid back has left it, and is posted the other way round. Undone by an entry the other way round, and then possible again; nothing is ever deleted.
 */
public final class Reconciliation {
    /** Emitted with the {@link BankTransaction}. */
    public static final String EVENT = "bank-transaction.reconciled";

    /** Emitted with the {@link BankTransaction} when it is undone. */
    public static final String UNDONE_EVENT = "bank-transaction.unreconciled";

    private static final String RECONCILE = "reconcileLedger";

    private final BankTransactionTable transactions;
    private final ReconciliationTable reconciliations;
    private final Explanations explanations;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public Reconciliation(
            BankTransactionTable transactions,
            ReconciliationTable reconciliations,
            Explanations explanations,
            JournalEntryTable journal) {
        this.transactions = transactions;
        this.reconciliations = reconciliations;
        this.explanations = explanations;
        this.journal = journal;
    }

    /**
     * The body of reconciling.
     *
     * @param id the bank transaction's, as the path has it
     * @throws RejectedException if there is none, or what explains it is none or does not fit, or either is reconciled already
     */
    public BankTransaction reconcile(String id, Write<NewReconciliation> write) {
        String tenant = write.tenant();
        BankTransaction transaction = find(tenant, PathIds.parse(id, "bank transaction"));
        if (reconciliations.transactionOf(tenant, write.resultId()).isPresent()) {
            throw Collisions.doneBefore(); // before what may have changed since is looked at
        }
        Explanation explanation = explanations.hold(tenant, write.payload());
        explanation.requireMatch(transaction);
        if (!reconciliations.insert(tenant, write.resultId(), transaction.id(), write.payload())) {
            throw refusal(
                    reconciliations.transactionOf(tenant, write.resultId()).isPresent());
        }
        journal.post(tenant, explanation.posting(write.derivedId("journal"), RECONCILE, transaction.id()));
        return tell(EVENT, transaction.id(), write);
    }

    /**
     * The body of unreconciling.
     *
     * @param id the bank transaction's, as the path has it
     * @throws RejectedException if there is none, or it is not reconciled
     */
    public BankTransaction undo(String id, Write<UndoReconciliation> write) {
        String tenant = write.tenant();
        BankTransaction transaction = find(tenant, PathIds.parse(id, "bank transaction"));
        if (!reconciliations.reverse(tenant, transaction.id(), write.resultId())) {
            if (reconciliations.transactionOfReversal(tenant, write.resultId()).isPresent()) {
                throw Collisions.doneBefore();
            }
            throw RejectedException.conflict("NOT_RECONCILED", "The bank transaction is not reconciled.");
        }
        journal.reverse(tenant, write.derivedId("journal"), "unreconcileLedger", transaction.id(), RECONCILE);
        return tell(UNDONE_EVENT, transaction.id(), write);
    }

    private BankTransaction find(String tenant, UUID id) {
        return transactions.find(tenant, id).orElseThrow(() -> PathIds.notFound("bank transaction"));
    }

    private BankTransaction tell(String event, UUID id, Write<?> write) {
        BankTransaction answer = find(write.tenant(), id);
        write.emit(event, "bank-transaction:" + id, answer);
        return answer;
    }

    private static RuntimeException refusal(boolean byThisWrite) {
        return byThisWrite
                ? Collisions.doneBefore()
                : RejectedException.conflict(
                        "ALREADY_RECONCILED", "The bank transaction is reconciled already, or what explains it is.");
    }
}
