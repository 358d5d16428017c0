package dev.semel.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.semel.Operation;
import dev.semel.RejectedException;
import dev.semel.UndeclaredRejections;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Stands here because the test kit is not on this module's class path, as it is not in production. */
class UndeclaredRejectionsTest {
    private static final Operation<String, String> NOTE =
            Operation.standard("note", String.class, String.class).build();

    @Test
    void withoutTheTestKitARejectionStaysARejection() {
        assertThat(ServiceLoader.load(UndeclaredRejections.class)).isEmpty();
        assertThatCode(() -> UndeclaredRejections.check(NOTE, RejectedException.rule("NOBODY_KNOWS", "Who knows?")))
                .doesNotThrowAnyException();
    }
}
