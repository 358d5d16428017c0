package dev.semel.books.export;

import dev.semel.books.invoices.BilledInvoice;
import dev.semel.books.invoices.InvoiceFilter;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.invoices.StoredInvoice;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Invoices as rows, without their lines. Works in the transaction of its caller, in bounded memory. */
public final class InvoiceExport {
    static final List<String> HEADER = List.of(
            "number",
            "id",
            "status",
            "customerId",
            "customerName",
            "createdAt",
            "dueDate",
            "currency",
            "total",
            "paid",
            "balance",
            "credited",
            "refundable",
            "refunded");

    private final InvoiceTable invoices;

    /** Reads from that table. */
    public InvoiceExport(InvoiceTable invoices) {
        this.invoices = invoices;
    }

    void write(String tenant, InvoiceFilter filter, Consumer<List<@Nullable Object>> rows) {
        invoices.export(tenant, filter, billed -> rows.accept(cells(billed)));
    }

    private static List<@Nullable Object> cells(BilledInvoice billed) {
        StoredInvoice invoice = billed.invoice();
        return Arrays.asList(
                invoice.number(),
                invoice.id(),
                invoice.status().text(),
                invoice.customerId(),
                billed.customerName(),
                invoice.createdAt(),
                invoice.dueDate(),
                invoice.total().currency(),
                invoice.total().text(),
                invoice.paid().text(),
                invoice.balance().text(),
                invoice.credited().text(),
                invoice.refundable().text(),
                invoice.refunded().text());
    }
}
