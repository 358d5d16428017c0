package dev.semel.books.invoices;

import dev.semel.books.input.Finding;
import dev.semel.books.input.SelfCheck;
import dev.semel.books.input.SelfChecked;
import dev.semel.books.input.StrictDate;
import dev.semel.books.money.Currencies;
import dev.semel.spring.web.StrictId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * An invoice to be created.
 *
 * @param customerId whom it is for
 * @param currency ISO 4217 code
 * @param dueDate when it shall be paid
 * @param lines 1 to 1000; their sum has at most 15 digits before the point
 */
@SelfChecked
public record NewInvoice(
        @NotNull @JsonDeserialize(using = StrictId.class) UUID customerId,
        @NotNull String currency,
        @JsonDeserialize(using = StrictDate.class) @Nullable LocalDate dueDate,
        @NotNull @Size(min = 1, max = NewInvoice.MAX_LINES) List<@NotNull @Valid NewInvoiceLine> lines)
        implements SelfCheck {
    static final int MAX_LINES = 1000;

    @Override
    public List<Finding> findings() {
        return new InvoiceFindings(this).list();
    }

    List<PricedLine> pricedLines() {
        Currency known = Currencies.require(currency);
        return lines.stream().map(line -> PricedLine.of(line, known)).toList();
    }
}
