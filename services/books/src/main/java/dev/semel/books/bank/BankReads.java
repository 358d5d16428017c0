package dev.semel.books.bank;

import dev.semel.books.web.Page;
import dev.semel.books.web.PageRequest;
import dev.semel.books.web.PathIds;
import java.util.UUID;

/** What is read of bank transactions. Works in the transaction of its caller. */
public final class BankReads {
    private final BankTransactionTable transactions;
    private final UnexplainedPayments payments;

    /** Reads from those tables. */
    public BankReads(BankTransactionTable transactions, UnexplainedPayments payments) {
        this.transactions = transactions;
        this.payments = payments;
    }

    Page<BankTransaction> page(String tenant, BankTransactionFilter filter, PageRequest request) {
        return transactions.page(tenant, filter, request);
    }

    BankTransaction get(String tenant, String id) {
        UUID parsed = PathIds.parse(id, "bank transaction");
        return transactions.find(tenant, parsed).orElseThrow(() -> PathIds.notFound("bank transaction"));
    }

    /** None for one that is reconciled, or that took money from the account. */
    SuggestionList suggestions(String tenant, String id) {
        BankTransaction transaction = get(tenant, id);
        boolean open = transaction.paymentId() == null && !transaction.amount().startsWith("-");
        return new SuggestionList(
                open ? Suggestions.of(transaction, payments.candidates(tenant, transaction)) : java.util.List.of());
    }
}
