package dev.semel.books.creditnotes;

import dev.semel.InvalidPayloadException;
import dev.semel.RejectedException;
import dev.semel.books.invoices.CreditedLine;
import dev.semel.books.invoices.OpenLine;
import dev.semel.books.money.Decimals;
import dev.semel.books.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How much of which line is credited: what is asked for, and never more than is left. */
final class Shares {
    private final Map<Integer, OpenLine> open;

    /** Of an invoice with those lines. */
    Shares(List<OpenLine> open) {
        this.open = open.stream().collect(Collectors.toMap(OpenLine::line, Function.identity()));
    }

    /** All that is left. */
    List<CreditedLine> rest() {
        List<CreditedLine> rest = open.values().stream()
                .filter(line -> !line.left().isZero())
                .map(line -> new CreditedLine(line.line(), line.left()))
                .toList();
        if (rest.isEmpty()) {
            throw nothingLeft();
        }
        return rest;
    }

    /** What is asked for. */
    List<CreditedLine> of(List<NewCreditLine> asked) {
        List<CreditedLine> shares = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            shares.add(share(i, asked.get(i)));
        }
        return shares;
    }

    private CreditedLine share(int index, NewCreditLine asked) {
        OpenLine line = open.get(asked.line().intValue());
        if (line == null) {
            throw RejectedException.rule("INVOICE_LINE_UNKNOWN", "The invoice has no such line.");
        }
        if (line.left().isZero()) {
            throw nothingLeft();
        }
        String amount = asked.amount();
        Money share =
                amount == null ? line.left() : money(index, amount, line.left().currency());
        if (share.compareTo(line.left()) > 0) {
            throw RejectedException.rule("CREDIT_TOO_LARGE", "The amount is larger than what is left of the line.");
        }
        return new CreditedLine(line.line(), share);
    }

    /** The payload does not say the currency, the invoice does. */
    private static Money money(int index, String amount, Currency currency) {
        int digits = currency.getDefaultFractionDigits();
        if (Decimals.require(amount).stripTrailingZeros().scale() > digits) {
            throw InvalidPayloadException.invalid(
                    "/lines/" + index + "/amount", "must have at most " + digits + " fraction digits in " + currency);
        }
        return new Money(Decimals.require(amount), currency);
    }

    private static RejectedException nothingLeft() {
        return RejectedException.rule("NOTHING_TO_CREDIT", "Nothing is left that could be credited.");
    }
}
