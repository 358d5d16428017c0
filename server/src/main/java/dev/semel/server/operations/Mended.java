package dev.semel.server.operations;

import java.util.UUID;

/**
 * What came of a repair. Immutable.
 *
 * @param id names the repair
 * @param deliveries how many were parked, and are not any more
 */
record Mended(UUID id, int deliveries) {}
