package dev.semel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPostgresConfigTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "max connections", "MAX_CONNECTIONS", "a=b", "-x", "port", "listen_addresses", "hba_file"})
    void settingThatIsNoneOrNotTheUsersIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().setting(name, "x").build());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void portOutOfRangeIsRefused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().port(port).build());
    }

    @Test
    void timeoutMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().startTimeout(Duration.ZERO).build());
    }

    @Test
    void builtConfigurationDoesNotChangeWithItsBuilder() {
        var builder = builder().setting("work_mem", "1MB");
        var built = builder.build();
        builder.setting("work_mem", "2MB").port(1);
        assertThat(built.settings()).containsEntry("work_mem", "1MB");
        assertThat(built.port()).isZero();
        assertThat(built.dataDirectory()).isAbsolute();
    }

    private static EmbeddedPostgresConfigBuilder builder() {
        return EmbeddedPostgresConfig.builder(Path.of("data"));
    }
}
