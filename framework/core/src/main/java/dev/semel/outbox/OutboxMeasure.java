package dev.semel.outbox;

import java.time.Duration;

/**
 * How the outbox of all tenants stands.
 *
 * @param oldestUnacked the age of the oldest event that a sink has still to get, parked ones apart, by the database's clock; zero
 *     if there is none
 * @param parked deliveries that wait for an operator
 */
public record OutboxMeasure(Duration oldestUnacked, long parked) {}
