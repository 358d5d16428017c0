package dev.semel.books.invoices;

import dev.semel.books.input.Finding;
import dev.semel.books.money.Currencies;
import dev.semel.books.money.Decimals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with an invoice, where one member decides about another. Used once. */
final class InvoiceFindings {
    private static final int MAX_QUANTITY_DIGITS = 6;
    private static final int MORE_PRICE_DIGITS = 4;

    private final NewInvoice invoice;
    private final List<Finding> findings = new ArrayList<>();

    InvoiceFindings(NewInvoice invoice) {
        this.invoice = invoice;
    }

    List<Finding> list() {
        checkDueDate(invoice.dueDate());
        checkCurrency(invoice.currency());
        checkLines(invoice.lines());
        return List.copyOf(findings);
    }

    private void checkDueDate(@Nullable LocalDate dueDate) {
        if (dueDate != null && (dueDate.getYear() < 1 || dueDate.getYear() > 9999)) {
            findings.add(new Finding.Member("dueDate", "must be in the years 1 to 9999"));
        }
    }

    private void checkCurrency(@Nullable String currency) {
        if (currency != null && Currencies.find(currency).isEmpty()) {
            findings.add(new Finding.Member("currency", Currencies.MESSAGE));
        }
    }

    private void checkLines(@Nullable List<NewInvoiceLine> lines) {
        if (lines == null || lines.size() > NewInvoice.MAX_LINES) {
            return;
        }
        @Nullable Currency currency = Currencies.find(invoice.currency()).orElse(null);
        boolean complete = currency != null;
        for (int i = 0; i < lines.size(); i++) {
            complete &= checkLine(i, lines.get(i), currency);
        }
        if (complete && isTooLarge()) {
            findings.add(new Finding.Member("lines", "must sum up to less than 1000000000000000"));
        }
    }

    /** Whether the line can be priced. */
    private boolean checkLine(int index, @Nullable NewInvoiceLine line, @Nullable Currency currency) {
        if (line == null) {
            return false;
        }
        boolean quantity = checkQuantity(index, line);
        boolean price = checkPrice(index, line, currency);
        return quantity && price;
    }

    private boolean checkQuantity(int index, NewInvoiceLine line) {
        @Nullable BigDecimal quantity = Decimals.find(line.quantity()).orElse(null);
        if (quantity == null) {
            return false;
        }
        if (quantity.signum() == 0) {
            return refuse(index, "quantity", "must be greater than 0");
        }
        return quantity.stripTrailingZeros().scale() <= MAX_QUANTITY_DIGITS
                || refuse(index, "quantity", "must have at most " + MAX_QUANTITY_DIGITS + " fraction digits");
    }

    private boolean checkPrice(int index, NewInvoiceLine line, @Nullable Currency currency) {
        @Nullable BigDecimal price = Decimals.find(line.unitPrice()).orElse(null);
        if (price == null || currency == null) {
            return false;
        }
        int digits = currency.getDefaultFractionDigits() + MORE_PRICE_DIGITS;
        return price.stripTrailingZeros().scale() <= digits
                || refuse(index, "unitPrice", "must have at most " + digits + " fraction digits in " + currency);
    }

    private boolean refuse(int index, String member, String message) {
        findings.add(new Finding.ElementMember("lines", index, member, message));
        return false;
    }

    private boolean isTooLarge() {
        List<PricedLine> lines = invoice.pricedLines();
        return !lines.isEmpty() && PricedLine.sum(lines).amount().compareTo(Decimals.LIMIT) >= 0;
    }
}
