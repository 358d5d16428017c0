package dev.semel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.semel.RejectedException;
import dev.semel.sync.push.OpResult;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on refusals. */
public final class Refusals {
    private Refusals() {}

    public static RejectedException assertRefused(String code, ThrowingCallable write) {
        RejectedException refusal = catchThrowableOfType(RejectedException.class, write);
        assertThat(refusal).as("refused").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }

    /** As {@code id status serverVersion}. */
    public static List<String> results(RejectedException refusal) {
        return ((List<?>) refusal.members().get("results"))
                .stream()
                        .map(OpResult.class::cast)
                        .map(result -> result.fileId() + " " + result.status() + " " + result.serverVersion())
                        .toList();
    }
}
