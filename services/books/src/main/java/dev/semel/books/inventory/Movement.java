package dev.semel.books.inventory;

import java.time.Instant;
import java.util.UUID;

/**
 * A change of an item's quantity. Immutable.
 *
 * @param movementNo runs without gaps per item, from 1
 * @param quantity the item's, after it
 */
public record Movement(
        UUID id, UUID itemId, long movementNo, long delta, long quantity, String reason, Instant createdAt) {}
