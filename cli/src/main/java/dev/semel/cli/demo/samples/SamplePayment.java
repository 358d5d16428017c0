package dev.semel.cli.demo.samples;

import java.math.BigDecimal;
import java.util.Currency;

/** A line of {@code payments.csv}. */
public record SamplePayment(String reference, String invoice, BigDecimal amount, Currency currency, String method) {

    /** The same payment, one smallest unit of its currency larger. */
    public SamplePayment withChangedAmount() {
        BigDecimal unit = BigDecimal.ONE.movePointLeft(currency.getDefaultFractionDigits());
        return new SamplePayment(reference, invoice, amount.add(unit), currency, method);
    }
}
