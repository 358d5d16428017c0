package dev.semel.cli.demo.samples;

import org.jspecify.annotations.Nullable;

/** A line of {@code customers.csv}. */
public record SampleCustomer(
        String reference, String name, @Nullable String email) {}
