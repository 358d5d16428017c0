package dev.semel.cli.demo.samples;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A line of {@code invoice-lines.csv}. */
public record SampleLine(String invoice, int number, String description, BigDecimal quantity, BigDecimal unitPrice) {

    /** Quantity times unit price, rounded half up. */
    public BigDecimal total(int fractionDigits) {
        return quantity.multiply(unitPrice).setScale(fractionDigits, RoundingMode.HALF_UP);
    }
}
