package dev.semel.books.creditnotes;

import dev.semel.books.input.WholeNumber;
import dev.semel.books.money.DecimalText;
import dev.semel.books.money.Decimals;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What is to be credited of one line of an invoice.
 *
 * @param line its place in the invoice, from 1
 * @param amount greater than zero, with no more fraction digits than the currency has; null means all that is left of the line
 */
public record NewCreditLine(
        @NotNull @Min(1) @Max(1000) @JsonDeserialize(using = WholeNumber.class)
        Long line,

        @Pattern(regexp = Decimals.PATTERN, message = Decimals.PATTERN_MESSAGE)
        @JsonDeserialize(using = DecimalText.class)
        @Nullable
        String amount) {}
