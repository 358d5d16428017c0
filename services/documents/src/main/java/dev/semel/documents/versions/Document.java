package dev.semel.documents.versions;

import java.time.Instant;
import java.util.UUID;

/**
 * A document. Immutable.
 *
 * @param activeVersion the one version that counts
 * @param lastVersion the highest number so far; it may be deleted
 */
public record Document(UUID id, String title, long activeVersion, long lastVersion, Instant createdAt) {}
