package dev.semel.books.money;

import dev.semel.books.input.Finding;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may be wrong with an amount of a currency, beyond their spelling. */
public final class AmountFindings {
    private AmountFindings() {}

    /**
     * Of the members {@code amount}, which must be greater than zero, and {@code currency}. What is null or malformed is for
     * others to report.
     */
    public static List<Finding> of(@Nullable String amount, @Nullable String currency) {
        if (currency == null) {
            return List.of();
        }
        Optional<Currency> known = Currencies.find(currency);
        return known.isPresent()
                ? ofAmount(amount, known.get())
                : List.of(new Finding.Member("currency", Currencies.MESSAGE));
    }

    private static List<Finding> ofAmount(@Nullable String amount, Currency currency) {
        int digits = currency.getDefaultFractionDigits();
        BigDecimal value =
                amount == null ? BigDecimal.ONE : Decimals.find(amount).orElse(BigDecimal.ONE);
        if (value.signum() == 0) {
            return List.of(new Finding.Member("amount", "must be greater than 0"));
        }
        return value.stripTrailingZeros().scale() <= digits
                ? List.of()
                : List.of(new Finding.Member(
                        "amount", "must have at most " + digits + " fraction digits in " + currency));
    }
}
