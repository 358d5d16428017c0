package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.audit.AuditEntry;
import dev.semel.audit.AuditStatus;
import dev.semel.outbox.OutboxEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code idempotent_write_audit_log} to be inserted. Holds no payload.
 *
 * @param asked null where a row is not about a call
 */
public record AuditRow(
        Caller caller, String operation, @Nullable Asked asked, Ending ending) {
    private static final String RELAY = "relay";

    /** What a call asked for. */
    public record Asked(String risk, String key, Fingerprint fingerprint) {}

    /** What it came to. */
    public record Ending(
            AuditStatus status,
            @Nullable UUID resultId,
            String resourceId,
            @Nullable String code,
            long durationMicros) {}

    /** @throws IllegalStateException if the row is not about a call */
    Asked call() {
        if (asked == null) {
            throw new IllegalStateException("the row is not about a call");
        }
        return asked;
    }

    static AuditRow of(Call<?, ?> call, Ending ending) {
        Asked asked = new Asked(call.operation().risk().name(), call.key().value(), call.fingerprint());
        return new AuditRow(call.caller(), call.operation().name(), asked, ending);
    }

    /** What a call that wrote nothing came to. */
    public static AuditRow of(AuditEntry entry) {
        long micros = entry.duration().toNanos() / 1_000;
        return of(entry.call(), new Ending(entry.status(), entry.resultId(), entry.resourceId(), entry.code(), micros));
    }

    /** An event that the relay gave up on. */
    public static AuditRow parked(OutboxEvent event, String error) {
        return new AuditRow(
                new Caller(event.tenant(), RELAY, event.requestId()),
                event.operation(),
                null,
                new Ending(AuditStatus.PARKED, null, event.id().toString(), error, 0));
    }
}
