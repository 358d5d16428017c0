package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Snapshot;
import java.util.UUID;

/**
 * A row of {@code idempotency_keys} to be inserted.
 *
 * @param replacesExpired whether an expired row of the same key has to go first
 */
record NewKey(Call<?, ?> call, UUID resultId, Snapshot snapshot, boolean replacesExpired) {}
