package dev.semel.books;

import dev.semel.Semel;
import dev.semel.books.bank.BankConfiguration;
import dev.semel.books.bank.BankTransactionTable;
import dev.semel.books.bank.ReconciliationTable;
import dev.semel.books.customers.CreateCustomer;
import dev.semel.books.customers.CustomerController;
import dev.semel.books.customers.CustomerTable;
import dev.semel.books.invoices.CreateInvoice;
import dev.semel.books.invoices.Finalization;
import dev.semel.books.invoices.InvoiceController;
import dev.semel.books.invoices.InvoiceLineTable;
import dev.semel.books.invoices.InvoiceReads;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.payments.CreatePayment;
import dev.semel.books.payments.CreatePayments;
import dev.semel.books.payments.PaymentController;
import dev.semel.books.payments.PaymentReversal;
import dev.semel.books.payments.PaymentTable;
import dev.semel.books.workflows.RunTable;
import dev.semel.books.workflows.WorkflowConfiguration;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The beans of the books, for an application to import. Needs a {@link JdbcClient} and a {@link CallerResolver}, and the
 * schema {@code semel_books} as the migrations in {@code classpath:db/semel/books} leave it.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    LedgerConfiguration.class,
    ExportConfiguration.class,
    CreditNoteConfiguration.class,
    RefundConfiguration.class,
    InventoryConfiguration.class,
    EmployeesConfiguration.class,
    PayrollConfiguration.class,
    SettingsConfiguration.class,
    AccessConfiguration.class,
    BankConfiguration.class,
    WorkflowConfiguration.class
})
public class BooksConfiguration {
    @Bean
    SemelConfigurer booksConfigurer(
            CustomerTable customers, InvoiceReads invoices, PaymentTable payments, CreatePayments createPayments) {
        return new BooksConfigurer(customers, invoices, payments, createPayments);
    }

    @Bean
    SemelConfigurer bankConfigurer(BankTransactionTable transactions, ReconciliationTable reconciliations) {
        return new BankConfigurer(transactions, reconciliations);
    }

    @Bean
    SemelConfigurer workflowConfigurer(RunTable runs) {
        return new WorkflowConfigurer(runs);
    }

    @Bean
    TenantReads booksTenantReads(Semel semel, CallerResolver callers) {
        return new TenantReads(semel, callers);
    }

    @Bean
    CustomerTable customerTable(JdbcClient jdbc) {
        return new CustomerTable(jdbc);
    }

    @Bean
    InvoiceTable invoiceTable(JdbcClient jdbc) {
        return new InvoiceTable(jdbc);
    }

    @Bean
    InvoiceLineTable invoiceLineTable(JdbcClient jdbc) {
        return new InvoiceLineTable(jdbc);
    }

    @Bean
    PaymentTable paymentTable(JdbcClient jdbc) {
        return new PaymentTable(jdbc);
    }

    @Bean
    InvoiceReads invoiceReads(InvoiceTable invoices, InvoiceLineTable lines) {
        return new InvoiceReads(invoices, lines);
    }

    @Bean
    CreateCustomer createCustomer(CustomerTable customers) {
        return new CreateCustomer(customers);
    }

    @Bean
    CreateInvoice createInvoice(CustomerTable customers, InvoiceTable invoices, InvoiceLineTable lines) {
        return new CreateInvoice(customers, invoices, lines);
    }

    @Bean
    Finalization finalization(InvoiceTable invoices, InvoiceLineTable lines, JournalEntryTable journal) {
        return new Finalization(invoices, lines, journal);
    }

    @Bean
    CreatePayment createPayment(InvoiceTable invoices, PaymentTable payments, JournalEntryTable journal) {
        return new CreatePayment(invoices, payments, journal);
    }

    @Bean
    CreatePayments createPayments(InvoiceTable invoices, PaymentTable payments, JournalEntryTable journal) {
        return new CreatePayments(invoices, payments, journal);
    }

    @Bean
    PaymentReversal paymentReversal(InvoiceTable invoices, PaymentTable payments, JournalEntryTable journal) {
        return new PaymentReversal(invoices, payments, journal);
    }

    @Bean
    CustomerController customerController(
            CreateCustomer createCustomer, CustomerTable customers, TenantReads booksTenantReads) {
        return new CustomerController(createCustomer, customers, booksTenantReads);
    }

    @Bean
    InvoiceController invoiceController(
            CreateInvoice createInvoice,
            Finalization finalization,
            InvoiceReads invoices,
            TenantReads booksTenantReads) {
        return new InvoiceController(createInvoice, finalization, invoices, booksTenantReads);
    }

    @Bean
    PaymentController paymentController(
            CreatePayment createPayment,
            PaymentReversal paymentReversal,
            PaymentTable payments,
            TenantReads booksTenantReads) {
        return new PaymentController(createPayment, paymentReversal, payments, booksTenantReads);
    }
}
