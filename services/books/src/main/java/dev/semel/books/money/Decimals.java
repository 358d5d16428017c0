package dev.semel.books.money;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decimal numbers as requests spell them: digits and at most one point; no sign, no exponent, no grouping. */
public final class Decimals {
    /** What a decimal looks like: at most 15 digits before the point and 12 behind it. */
    public static final String PATTERN = "[0-9]{1,15}(\\.[0-9]{1,12})?";

    /** The message for what does not look like it. */
    public static final String PATTERN_MESSAGE =
            "must be a decimal such as 100.00, without sign and exponent, with at most 15 digits before the point";

    /** No amount reaches this: 15 digits before the point. */
    public static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);

    private static final Pattern SHAPE = Pattern.compile(PATTERN);

    private Decimals() {}

    /** The number exactly as it is spelled; empty for null and for what is no decimal. */
    public static Optional<BigDecimal> find(@Nullable String text) {
        return text != null && SHAPE.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /**
     * The number exactly as it is spelled.
     *
     * @throws IllegalArgumentException if it is no decimal
     */
    public static BigDecimal require(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException("not a decimal"));
    }

    /** The shortest spelling with at least that many fraction digits. */
    public static String plain(BigDecimal number, int minFractionDigits) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.setScale(Math.max(minFractionDigits, shortest.scale())).toPlainString();
    }
}
