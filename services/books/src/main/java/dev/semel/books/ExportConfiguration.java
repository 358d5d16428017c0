package dev.semel.books;

import dev.semel.books.export.ExportController;
import dev.semel.books.export.InvoiceExport;
import dev.semel.books.export.JournalExport;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.settings.CompanyDays;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of exports. */
@Configuration(proxyBeanMethods = false)
class ExportConfiguration {
    @Bean
    ExportController exportController(
            JournalEntryTable entries, InvoiceTable invoices, CompanyDays days, TenantReads booksTenantReads) {
        return new ExportController(new JournalExport(entries, days), new InvoiceExport(invoices), booksTenantReads);
    }
}
