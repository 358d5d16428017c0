package dev.semel.books.bank;

import dev.semel.books.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * Amounts as banks spell them: a sign, decimal comma or point, and the other one between groups of three digits. A single
 * separator before three digits is refused where the currency has no three fraction digits: {@code 1.234} may be either.
 */
final class SpelledAmount {
    private static final Pattern SHAPE = Pattern.compile("[+-]?[0-9][0-9.,']{0,40}");
    private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]{1,15}(\\.[0-9]{1,12})?");
    private static final Pattern GROUPS = Pattern.compile("[+-]?[0-9]{1,3}([.,'][0-9]{3})+");

    private SpelledAmount() {}

    static Money parse(String text, AmountSpelling spelling, Currency currency) throws LineException {
        if (!SHAPE.matcher(text).matches()) {
            throw invalid();
        }
        String plain = spelling == AmountSpelling.XML ? text : plain(text, currency);
        if (!PLAIN.matcher(plain).matches()) {
            throw invalid();
        }
        return money(new BigDecimal(plain), currency);
    }

    private static Money money(BigDecimal amount, Currency currency) throws LineException {
        if (amount.signum() == 0) {
            throw new LineException("AMOUNT_INVALID", "The amount must not be 0.");
        }
        try {
            return new Money(amount, currency);
        } catch (IllegalArgumentException e) {
            throw new LineException("AMOUNT_INVALID", "The amount has more fraction digits than its currency.");
        }
    }

    private static String plain(String text, Currency currency) throws LineException {
        int last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
        if (last < 0) {
            return ungrouped(text);
        }
        char separator = text.charAt(last);
        if (text.indexOf(separator) < last) {
            return ungrouped(text);
        }
        String whole = text.substring(0, last);
        boolean grouped = whole.chars().anyMatch(c -> ".,'".indexOf(c) >= 0);
        requireUnambiguous(text.length() - last - 1, grouped, currency);
        return ungrouped(whole) + '.' + text.substring(last + 1);
    }

    private static void requireUnambiguous(int digits, boolean grouped, Currency currency) throws LineException {
        if (digits == 3 && !grouped && currency.getDefaultFractionDigits() != 3) {
            throw new LineException(
                    "AMOUNT_AMBIGUOUS", "The separator may stand before fraction digits or between groups of digits.");
        }
    }

    /** Without separators, which may stand between groups of three only and must all be the same. */
    private static String ungrouped(String text) throws LineException {
        String separators = text.replaceAll("[0-9+-]", "");
        if (separators.isEmpty()) {
            return text;
        }
        if (!GROUPS.matcher(text).matches() || separators.chars().distinct().count() > 1) {
            throw invalid();
        }
        return text.replaceAll("[.,']", "");
    }

    private static LineException invalid() {
        return new LineException("AMOUNT_INVALID", "The amount must be a decimal such as -1234.56 or 1.234,56.");
    }
}
