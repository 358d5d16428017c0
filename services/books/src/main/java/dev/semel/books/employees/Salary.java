package dev.semel.books.employees;

import dev.semel.books.input.Finding;
import dev.semel.books.input.SelfCheck;
import dev.semel.books.input.SelfChecked;
import dev.semel.books.money.AmountFindings;
import dev.semel.books.money.DecimalText;
import dev.semel.books.money.Decimals;
import dev.semel.books.money.Money;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What an employee earns in a month, before deductions. Immutable.
 *
 * @param amount greater than zero, with no more fraction digits than the currency has
 * @param currency ISO 4217 code
 */
@SelfChecked
public record Salary(
        @NotNull
        @Pattern(regexp = Decimals.PATTERN, message = Decimals.PATTERN_MESSAGE)
        @JsonDeserialize(using = DecimalText.class)
        String amount,

        @NotNull String currency)
        implements SelfCheck {
    static Salary of(Money money) {
        return new Salary(money.text(), money.currency().getCurrencyCode());
    }

    Money money() {
        return Money.of(amount, currency);
    }

    @Override
    public List<Finding> findings() {
        return AmountFindings.of(amount, currency);
    }
}
