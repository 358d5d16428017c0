package dev.semel.cli.demo.verify;

import java.util.Map;

/** The ids that the server gave, by the samples' references. */
public record SampleIds(Map<String, String> customers, Map<String, String> invoices, Map<String, String> payments) {

    public SampleIds {
        customers = Map.copyOf(customers);
        invoices = Map.copyOf(invoices);
        payments = Map.copyOf(payments);
    }
}
