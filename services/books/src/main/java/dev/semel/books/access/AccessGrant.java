package dev.semel.books.access;

import java.time.Instant;
import java.util.UUID;

/** A role that a user was granted. Immutable. */
public record AccessGrant(UUID id, String userId, String role, Instant createdAt) {}
