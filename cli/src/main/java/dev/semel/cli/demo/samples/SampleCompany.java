package dev.semel.cli.demo.samples;

import dev.semel.cli.CliException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** A small company's quarter. */
public record SampleCompany(
        List<SampleCustomer> customers, List<SampleInvoice> invoices, List<SamplePayment> payments) {

    public SampleCompany {
        customers = List.copyOf(customers);
        invoices = List.copyOf(invoices);
        payments = List.copyOf(payments);
    }

    /**
     * Reads the CSV files of a folder.
     *
     * @throws CliException if a file is missing or not what it should be
     */
    public static SampleCompany read(Path folder) {
        try {
            return new SampleFiles(folder).company();
        } catch (IOException | IllegalArgumentException e) {
            throw new CliException("The samples in " + folder.toAbsolutePath() + " cannot be read: " + e, e);
        }
    }

    /** What the payments of this invoice come to. */
    public BigDecimal paidFor(SampleInvoice invoice) {
        return payments.stream()
                .filter(payment -> payment.invoice().equals(invoice.reference()))
                .map(SamplePayment::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
