package dev.semel.books;

import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.refunds.CreateRefund;
import dev.semel.books.refunds.RefundController;
import dev.semel.books.refunds.RefundReversal;
import dev.semel.books.refunds.RefundTable;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of refunds. */
@Configuration(proxyBeanMethods = false)
class RefundConfiguration {
    @Bean
    SemelConfigurer refundConfigurer(RefundTable refunds) {
        return configurer(refunds);
    }

    static SemelConfigurer configurer(RefundTable refunds) {
        return builder -> builder.register(BooksOperations.CREATE_REFUND)
                .recall(BooksOperations.CREATE_REFUND, (connection, tenant, id) -> refunds.find(tenant, id))
                .register(BooksOperations.REVERSE_REFUND)
                .recall(BooksOperations.REVERSE_REFUND, (connection, tenant, id) -> refunds.findReversed(tenant, id));
    }

    @Bean
    RefundTable refundTable(JdbcClient jdbc) {
        return new RefundTable(jdbc);
    }

    @Bean
    CreateRefund createRefund(InvoiceTable invoices, RefundTable refunds, JournalEntryTable journal) {
        return new CreateRefund(invoices, refunds, journal);
    }

    @Bean
    RefundReversal refundReversal(InvoiceTable invoices, RefundTable refunds, JournalEntryTable journal) {
        return new RefundReversal(invoices, refunds, journal);
    }

    @Bean
    RefundController refundController(
            CreateRefund createRefund,
            RefundReversal refundReversal,
            RefundTable refunds,
            TenantReads booksTenantReads) {
        return new RefundController(createRefund, refundReversal, refunds, booksTenantReads);
    }
}
