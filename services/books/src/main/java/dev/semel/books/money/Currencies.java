package dev.semel.books.money;

import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The currencies in which books can be kept: ISO 4217 codes with a number of fraction digits, so no gold and no test code. */
public final class Currencies {
    /** The message for a code that is none. */
    public static final String MESSAGE = "must be an ISO 4217 currency code in upper case";

    private static final Map<String, Currency> BY_CODE = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

    private Currencies() {}

    /** The currency of that code, in upper case; empty if there is none or no code. */
    public static Optional<Currency> find(@Nullable String code) {
        return code == null ? Optional.empty() : Optional.ofNullable(BY_CODE.get(code));
    }

    /**
     * The currency of that code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Currency require(String code) {
        return find(code).orElseThrow(() -> new IllegalArgumentException("not a currency"));
    }
}
