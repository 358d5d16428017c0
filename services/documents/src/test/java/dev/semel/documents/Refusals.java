package dev.semel.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.RejectedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on refusals. */
public final class Refusals {
    private Refusals() {}

    public static void assertRefused(RejectedException.Reason reason, String code, ThrowingCallable write) {
        assertThatExceptionOfType(RejectedException.class).isThrownBy(write).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.reason()).isEqualTo(reason);
        });
    }
}
