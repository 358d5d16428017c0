package dev.semel.books.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact amount of one currency, always with as many fraction digits as the currency has. Immutable.
 *
 * @param amount may be zero or negative
 * @param currency one that has a number of fraction digits
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    /** @throws IllegalArgumentException if the amount has a digit that the currency has not */
    public Money {
        amount = exact(amount, currency);
    }

    private static BigDecimal exact(BigDecimal amount, Currency currency) {
        try {
            return amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("more fraction digits than " + currency + " has", e);
        }
    }

    /**
     * Reads a decimal and a currency code.
     *
     * @throws IllegalArgumentException if either is none or they do not fit together
     */
    public static Money of(String amount, String currency) {
        return new Money(Decimals.require(amount), Currencies.require(currency));
    }

    /** Nothing. */
    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** The amount, rounded half up to the currency's smallest unit. */
    public static Money rounded(BigDecimal amount, Currency currency) {
        return new Money(amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP), currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other).amount), currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public Money minus(Money other) {
        return new Money(amount.subtract(sameCurrency(other).amount), currency);
    }

    /** Whether there is nothing. */
    public boolean isZero() {
        return amount.signum() == 0;
    }

    /** @throws IllegalArgumentException if the currencies differ */
    @Override
    public int compareTo(Money other) {
        return amount.compareTo(sameCurrency(other).amount);
    }

    /** The amount as answers spell it: exactly the currency's fraction digits. */
    public String text() {
        return amount.toPlainString();
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency + " do not mix");
        }
        return other;
    }
}
