package dev.semel.books.invoices;

import dev.semel.books.money.Decimals;
import dev.semel.books.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * A line with its total. Immutable.
 *
 * @param total quantity times unit price, rounded half up, line by line
 */
record PricedLine(String description, BigDecimal quantity, BigDecimal unitPrice, Money total) {

    static PricedLine of(NewInvoiceLine line, Currency currency) {
        BigDecimal quantity = Decimals.require(line.quantity());
        BigDecimal unitPrice = Decimals.require(line.unitPrice());
        return new PricedLine(
                line.description(), quantity, unitPrice, Money.rounded(quantity.multiply(unitPrice), currency));
    }

    static Money sum(List<PricedLine> lines) {
        return lines.stream().map(PricedLine::total).reduce(Money::plus).orElseThrow();
    }

    InvoiceLine answer() {
        int digits = total.currency().getDefaultFractionDigits();
        return new InvoiceLine(
                description, Decimals.plain(quantity, 0), Decimals.plain(unitPrice, digits), total.text());
    }
}
