package dev.semel.books;

import dev.semel.books.customers.CustomerTable;
import dev.semel.books.ledger.AccountController;
import dev.semel.books.ledger.AccountReads;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.ledger.JournalLineTable;
import dev.semel.books.ledger.JournalReads;
import dev.semel.books.ledger.LedgerController;
import dev.semel.books.receivables.AgedReceivables;
import dev.semel.books.receivables.AgingReads;
import dev.semel.books.receivables.CustomerReceivables;
import dev.semel.books.receivables.ReceivablesController;
import dev.semel.books.receivables.StatementReads;
import dev.semel.books.settings.CompanyDays;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of the journal and of what is read from it. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    @Bean
    JournalEntryTable journalEntryTable(JdbcClient jdbc) {
        return new JournalEntryTable(jdbc);
    }

    @Bean
    JournalLineTable journalLineTable(JdbcClient jdbc) {
        return new JournalLineTable(jdbc);
    }

    @Bean
    AccountReads accountReads(JournalLineTable lines, CompanyDays days) {
        return new AccountReads(lines, days);
    }

    @Bean
    StatementReads statementReads(JdbcClient jdbc, CustomerTable customers, CompanyDays days) {
        return new StatementReads(customers, new CustomerReceivables(jdbc), days);
    }

    @Bean
    AgingReads agingReads(JdbcClient jdbc, CompanyDays days) {
        return new AgingReads(new AgedReceivables(jdbc), days);
    }

    @Bean
    JournalReads journalReads(JournalEntryTable entries, JournalLineTable lines, CompanyDays days) {
        return new JournalReads(entries, lines, days);
    }

    @Bean
    LedgerController ledgerController(JournalReads journal, TenantReads booksTenantReads) {
        return new LedgerController(journal, booksTenantReads);
    }

    @Bean
    AccountController accountController(AccountReads accounts, TenantReads booksTenantReads) {
        return new AccountController(accounts, booksTenantReads);
    }

    @Bean
    ReceivablesController receivablesController(
            StatementReads statements, AgingReads aging, TenantReads booksTenantReads) {
        return new ReceivablesController(statements, aging, booksTenantReads);
    }
}
