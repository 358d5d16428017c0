package dev.semel.books.employees;

import dev.semel.books.input.Finding;
import dev.semel.books.input.SelfCheck;
import dev.semel.books.input.SelfChecked;
import dev.semel.books.money.Currencies;
import dev.semel.books.money.DecimalText;
import dev.semel.books.money.Decimals;
import dev.semel.books.money.Money;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        @Nullable Currency known = Currencies.find(currency).orElse(null);
        if (known == null) {
            return currency == null ? List.of() : List.of(new Finding.Member("currency", Currencies.MESSAGE));
        }
        BigDecimal value = Decimals.find(amount).orElse(BigDecimal.ONE);
        int digits = known.getDefaultFractionDigits();
        if (value.signum() == 0) {
            return List.of(new Finding.Member("amount", "must be greater than 0"));
        }
        return value.stripTrailingZeros().scale() <= digits
                ? List.of()
                : List.of(new Finding.Member("amount", "must have at most " + digits + " fraction digits in " + known));
    }
}
