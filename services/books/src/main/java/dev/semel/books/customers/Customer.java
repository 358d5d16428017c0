package dev.semel.books.customers;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer. Immutable. */
public record Customer(UUID id, String name, @Nullable String email, Instant createdAt) {}
