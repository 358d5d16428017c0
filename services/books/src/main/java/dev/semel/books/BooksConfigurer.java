package dev.semel.books;

import dev.semel.Semel;
import dev.semel.books.customers.CustomerTable;
import dev.semel.books.invoices.InvoiceReads;
import dev.semel.books.payments.CreatePayments;
import dev.semel.books.payments.PaymentTable;
import dev.semel.spring.SemelConfigurer;

/** Contributes the operations of the books, each with the way back to the row that it made. */
final class BooksConfigurer implements SemelConfigurer {
    private final CustomerTable customers;
    private final InvoiceReads invoices;
    private final PaymentTable payments;
    private final CreatePayments createPayments;

    BooksConfigurer(
            CustomerTable customers, InvoiceReads invoices, PaymentTable payments, CreatePayments createPayments) {
        this.customers = customers;
        this.invoices = invoices;
        this.payments = payments;
        this.createPayments = createPayments;
    }

    // The recalls need not use their connection: the tables work in the same transaction of Spring.
    @Override
    public void configure(Semel.Builder builder) {
        builder.register(BooksOperations.CREATE_CUSTOMER)
                .recall(BooksOperations.CREATE_CUSTOMER, (connection, tenant, id) -> customers.find(tenant, id))
                .register(BooksOperations.CREATE_INVOICE)
                .recall(BooksOperations.CREATE_INVOICE, (connection, tenant, id) -> invoices.find(tenant, id))
                .register(BooksOperations.FINALIZE_INVOICE)
                .recall(
                        BooksOperations.FINALIZE_INVOICE,
                        (connection, tenant, id) -> invoices.findFinalized(tenant, id))
                .register(BooksOperations.CREATE_PAYMENT)
                .handleAll(BooksOperations.CREATE_PAYMENT, createPayments)
                .recall(BooksOperations.CREATE_PAYMENT, (connection, tenant, id) -> payments.find(tenant, id))
                .register(BooksOperations.REVERSE_PAYMENT)
                .recall(BooksOperations.REVERSE_PAYMENT, (connection, tenant, id) -> payments.findReversed(tenant, id));
    }
}
