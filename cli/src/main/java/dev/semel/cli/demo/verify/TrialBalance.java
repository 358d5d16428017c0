package dev.semel.cli.demo.verify;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Debits and credits by currency. */
public record TrialBalance(SortedMap<String, Sides> currencies) {

    public TrialBalance {
        currencies = Collections.unmodifiableSortedMap(new TreeMap<>(currencies));
    }

    /** Both sides of one currency. */
    public record Sides(BigDecimal debit, BigDecimal credit) {

        /** Zero if the books are right. */
        public BigDecimal difference() {
            return debit.subtract(credit);
        }
    }
}
