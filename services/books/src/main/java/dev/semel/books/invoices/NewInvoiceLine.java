package dev.semel.books.invoices;

import dev.semel.books.money.DecimalText;
import dev.semel.books.money.Decimals;
import dev.semel.spring.web.Texts;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A line of an invoice to be created.
 *
 * @param description 1 to 500 characters of any script
 * @param quantity greater than zero, up to 6 fraction digits
 * @param unitPrice zero or more, up to 4 fraction digits more than the currency has
 */
public record NewInvoiceLine(
        @NotBlank @Pattern(regexp = Texts.LONG_LINE, message = Texts.LONG_LINE_MESSAGE)
        String description,

        @NotNull
        @Pattern(regexp = Decimals.PATTERN, message = Decimals.PATTERN_MESSAGE)
        @JsonDeserialize(using = DecimalText.class)
        String quantity,

        @NotNull
        @Pattern(regexp = Decimals.PATTERN, message = Decimals.PATTERN_MESSAGE)
        @JsonDeserialize(using = DecimalText.class)
        String unitPrice) {}
