package dev.semel.books.inventory;

import java.time.Instant;
import java.util.UUID;

/**
 * An item in stock. Immutable.
 *
 * @param sku unique in the tenant
 * @param quantity the sum of its movements, never below zero
 */
public record Item(UUID id, String sku, String name, long quantity, Instant createdAt) {}
