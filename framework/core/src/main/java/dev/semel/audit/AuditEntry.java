package dev.semel.audit;

import dev.semel.Call;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that wrote nothing, for the audit log.
 *
 * @param call what was asked, and by whom
 * @param resultId of the execution that was answered again; null if there is none
 * @param resourceId the resource that was meant
 * @param status how the call ended
 * @param code why it was refused or failed; null for a replay
 * @param duration how long it took
 */
public record AuditEntry(
        Call<?, ?> call,
        @Nullable UUID resultId,
        String resourceId,
        AuditStatus status,
        @Nullable String code,
        Duration duration) {}
