package dev.semel.books;

import dev.semel.books.creditnotes.CreateCreditNote;
import dev.semel.books.creditnotes.CreditNoteController;
import dev.semel.books.creditnotes.CreditNoteTable;
import dev.semel.books.invoices.InvoiceLineTable;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of credit notes. */
@Configuration(proxyBeanMethods = false)
class CreditNoteConfiguration {
    @Bean
    SemelConfigurer creditNoteConfigurer(CreditNoteTable notes) {
        return configurer(notes);
    }

    static SemelConfigurer configurer(CreditNoteTable notes) {
        return builder -> builder.register(BooksOperations.CREATE_CREDIT_NOTE)
                .recall(BooksOperations.CREATE_CREDIT_NOTE, (connection, tenant, id) -> notes.find(tenant, id));
    }

    @Bean
    CreditNoteTable creditNoteTable(JdbcClient jdbc) {
        return new CreditNoteTable(jdbc);
    }

    @Bean
    CreateCreditNote createCreditNote(
            InvoiceTable invoices, InvoiceLineTable lines, CreditNoteTable notes, JournalEntryTable journal) {
        return new CreateCreditNote(invoices, lines, notes, journal);
    }

    @Bean
    CreditNoteController creditNoteController(
            CreateCreditNote createCreditNote, CreditNoteTable notes, TenantReads booksTenantReads) {
        return new CreditNoteController(createCreditNote, notes, booksTenantReads);
    }
}
