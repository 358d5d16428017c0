package dev.semel.books.bank;

import dev.semel.books.money.Money;
import dev.semel.books.payments.Payment;
import dev.semel.books.payments.PaymentTable;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import java.util.List;
import java.util.UUID;

/** What is read of bank transactions. Works in the transaction of its caller. */
public final class BankReads {
    private final BankTransactionTable transactions;
    private final PaymentTable payments;

    /** Reads from those tables. */
    public BankReads(BankTransactionTable transactions, PaymentTable payments) {
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

    /** Payments, so none for one that is reconciled, or that took money from the account. */
    SuggestionList suggestions(String tenant, String id) {
        BankTransaction transaction = get(tenant, id);
        boolean open = transaction.status() == BankTransactionStatus.UNRECONCILED
                && !transaction.amount().startsWith("-");
        return new SuggestionList(open ? Suggestions.of(transaction, candidates(tenant, transaction)) : List.of());
    }

    private List<Payment> candidates(String tenant, BankTransaction transaction) {
        return payments.unexplained(tenant, Money.of(transaction.amount(), transaction.currency()), transaction.date());
    }
}
