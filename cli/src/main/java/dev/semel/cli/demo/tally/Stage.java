package dev.semel.cli.demo.tally;

import java.util.Locale;

/** The demo's phases, in their order. */
public enum Stage {
    CUSTOMERS,
    INVOICES,
    FINALIZATIONS,
    PAYMENTS;

    /** The name to show. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
