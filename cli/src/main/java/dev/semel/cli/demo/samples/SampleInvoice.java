package dev.semel.cli.demo.samples;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of {@code invoices.csv} with its lines of {@code invoice-lines.csv}. */
public record SampleInvoice(
        String reference,
        String customer,
        Currency currency,
        @Nullable String dueDate,
        BigDecimal total,
        List<SampleLine> lines) {

    public SampleInvoice {
        lines = List.copyOf(lines);
    }
}
