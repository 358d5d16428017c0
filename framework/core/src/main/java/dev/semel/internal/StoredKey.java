package dev.semel.internal;

import dev.semel.Fingerprint;
import dev.semel.Snapshot;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A committed row of {@code idempotency_keys}.
 *
 * @param snapshot null for a tombstone
 * @param live whether it still decides its key, by the database's clock: a financial one for years, others for their
 *     retention
 */
record StoredKey(
        String operationType,
        Fingerprint fingerprint,
        UUID resultId,
        @Nullable Snapshot snapshot,
        boolean live) {}
