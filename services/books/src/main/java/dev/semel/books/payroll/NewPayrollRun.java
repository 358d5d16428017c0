package dev.semel.books.payroll;

import dev.semel.books.input.Finding;
import dev.semel.books.input.SelfCheck;
import dev.semel.books.input.SelfChecked;
import dev.semel.books.money.Currencies;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/**
 * A month to be paid.
 *
 * @param period the month, as {@code 2026-11}
 * @param currency ISO 4217 code: who earns in another one is paid by another run
 */
@SelfChecked
public record NewPayrollRun(
        @NotNull @Pattern(regexp = PERIOD, message = "must be a month such as 2026-11")
        String period,

        @NotNull String currency)
        implements SelfCheck {
    private static final String PERIOD = "(?!0000)[0-9]{4}-(0[1-9]|1[0-2])";

    @Override
    public List<Finding> findings() {
        return currency == null || Currencies.find(currency).isPresent()
                ? List.of()
                : List.of(new Finding.Member("currency", Currencies.MESSAGE));
    }
}
