package dev.semel.books.receivables;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;

/**
 * What is owed in one currency, by the days that it is overdue. Immutable.
 *
 * @param current what is not due yet, or due on this day
 * @param days1To30 what is overdue for so many days
 * @param over90 what is overdue for more than 90 days
 * @param total all of it
 */
public record Aged(
        String current, String days1To30, String days31To60, String days61To90, String over90, String total) {
    static Aged of(ResultSet row) throws SQLException {
        Currency currency = Currencies.require(row.getString("currency"));
        return new Aged(
                text(row, "not_due", currency),
                text(row, "days_1_30", currency),
                text(row, "days_31_60", currency),
                text(row, "days_61_90", currency),
                text(row, "over_90", currency),
                text(row, "total", currency));
    }

    private static String text(ResultSet row, String column, Currency currency) throws SQLException {
        return new Money(row.getBigDecimal(column), currency).text();
    }
}
