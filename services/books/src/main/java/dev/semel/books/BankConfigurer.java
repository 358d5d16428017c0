package dev.semel.books;

import dev.semel.Semel;
import dev.semel.books.bank.BankTransactionTable;
import dev.semel.books.bank.ReconciliationTable;
import dev.semel.spring.SemelConfigurer;

/** Contributes the operations of the bank's side, each with the way back to the row that it made. */
final class BankConfigurer implements SemelConfigurer {
    private final BankTransactionTable transactions;
    private final ReconciliationTable reconciliations;

    BankConfigurer(BankTransactionTable transactions, ReconciliationTable reconciliations) {
        this.transactions = transactions;
        this.reconciliations = reconciliations;
    }

    @Override
    public void configure(Semel.Builder builder) {
        builder.register(BooksOperations.IMPORT_BANK_TRANSACTIONS)
                .register(BooksOperations.RECONCILE_LEDGER)
                .recall(
                        BooksOperations.RECONCILE_LEDGER,
                        (connection, tenant, id) -> reconciliations
                                .transactionOf(tenant, id)
                                .flatMap(transaction -> transactions.find(tenant, transaction)))
                .register(BooksOperations.UNRECONCILE_LEDGER)
                .recall(
                        BooksOperations.UNRECONCILE_LEDGER,
                        (connection, tenant, id) -> reconciliations
                                .transactionOfReversal(tenant, id)
                                .flatMap(transaction -> transactions.find(tenant, transaction)));
    }
}
