package dev.semel.books.bank;

import dev.semel.books.money.Currencies;
import dev.semel.spring.web.Texts;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Currency;
import java.util.List;
import java.util.regex.Pattern;

/** Makes a line of what a file spells, or says what is wrong with it. */
final class LineParser {
    private static final Pattern REFERENCE = Pattern.compile(Texts.LINE);
    private static final Pattern ACCOUNT = Pattern.compile("\\P{Cc}{0,50}");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Z}]+");
    private static final int LONGEST_DESCRIPTION = 500;
    /** Day before month with points only: with slashes nobody can tell. */
    private static final List<DateTimeFormatter> DATES =
            List.of(strict("uuuu-MM-dd"), strict("dd.MM.uuuu"), strict("d.M.uuuu"), strict("uuuuMMdd"));

    private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);

    private LineParser() {}

    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    static StatementLine parse(RawLine raw) throws LineException {
        return new StatementLine(
                account(raw.account()),
                reference(raw.reference()),
                date(raw.date()),
                SpelledAmount.parse(raw.amount(), raw.spelling(), currency(raw.currency())),
                description(raw.description()));
    }

    private static String account(String text) throws LineException {
        if (!ACCOUNT.matcher(text).matches()) {
            throw new LineException("ACCOUNT_INVALID", "The account must have at most 50 characters.");
        }
        return text;
    }

    private static String reference(String text) throws LineException {
        if (text.isEmpty()) {
            throw new LineException(
                    "REFERENCE_MISSING", "Without the bank's reference a line cannot be told from others.");
        }
        if (!REFERENCE.matcher(text).matches()) {
            throw new LineException("REFERENCE_INVALID", "The reference " + Texts.LINE_MESSAGE + ".");
        }
        return text;
    }

    private static LocalDate date(String text) throws LineException {
        for (DateTimeFormatter format : DATES) {
            try {
                return withinReason(LocalDate.parse(text, format));
            } catch (DateTimeException e) {
                // Not in this spelling.
            }
        }
        throw new LineException("DATE_INVALID", "The date must be a day such as 2026-11-24 or 24.11.2026.");
    }

    private static LocalDate withinReason(LocalDate date) throws LineException {
        if (date.isBefore(FIRST_DAY) || date.isAfter(LAST_DAY)) {
            throw new LineException("DATE_INVALID", "The date must lie between 1970 and 2199.");
        }
        return date;
    }

    private static Currency currency(String text) throws LineException {
        return Currencies.find(text)
                .orElseThrow(() -> new LineException("CURRENCY_INVALID", "The currency " + Currencies.MESSAGE + "."));
    }

    /** Told for people only, so it is made to fit. */
    private static String description(String text) {
        String clean = CONTROLS.matcher(text).replaceAll(" ").strip();
        int end = clean.offsetByCodePoints(0, Math.min(LONGEST_DESCRIPTION, clean.codePointCount(0, clean.length())));
        return clean.substring(0, end);
    }
}
