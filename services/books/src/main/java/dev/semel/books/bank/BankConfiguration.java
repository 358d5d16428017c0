package dev.semel.books.bank;

import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.payments.PaymentTable;
import dev.semel.books.refunds.RefundTable;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of the bank's side. */
@Configuration(proxyBeanMethods = false)
public class BankConfiguration {
    @Bean
    BankTransactionTable bankTransactionTable(JdbcClient jdbc) {
        return new BankTransactionTable(jdbc);
    }

    @Bean
    ReconciliationTable reconciliationTable(JdbcClient jdbc) {
        return new ReconciliationTable(jdbc);
    }

    @Bean
    BankReads bankReads(BankTransactionTable transactions, PaymentTable payments) {
        return new BankReads(transactions, payments);
    }

    @Bean
    ImportBankTransactions importBankTransactions(BankTransactionTable transactions) {
        return new ImportBankTransactions(transactions);
    }

    @Bean
    Reconciliation reconciliation(
            BankTransactionTable transactions,
            ReconciliationTable reconciliations,
            PaymentTable payments,
            RefundTable refunds,
            JournalEntryTable journal) {
        return new Reconciliation(transactions, reconciliations, new Explanations(payments, refunds), journal);
    }

    @Bean
    BankTransactionController bankTransactionController(
            ImportBankTransactions importBankTransactions,
            Reconciliation reconciliation,
            BankReads bankReads,
            TenantReads booksTenantReads) {
        return new BankTransactionController(importBankTransactions, reconciliation, bankReads, booksTenantReads);
    }
}
