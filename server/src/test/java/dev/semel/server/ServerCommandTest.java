package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.options.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerCommandTest {
    private final List<ServerOptions> started = new ArrayList<>();
    private String complaint = "";

    @Test
    void defaultsAreLoopbackPort8080AndTheEmbeddedDatabase() {
        assertThat(run(Map.of())).isZero();
        assertThat(started).hasSize(1);
        ServerOptions options = started.get(0);
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.address().isLoopbackAddress()).isTrue();
        assertThat(options.data()).isEqualTo(Path.of("semel-data").toAbsolutePath());
        assertThat(options.database()).isEmpty();
    }

    @Test
    void leadingCommandWordIsTolerated() {
        assertThat(run(Map.of(), "server", "--port", "0")).isZero();
        assertThat(started.get(0).port()).isZero();
    }

    @Test
    void passwordComesFromTheOptionOrElseFromTheEnvironment() {
        String[] arguments = {"--database-url", "jdbc:postgresql://db/semel", "--database-user", "u"};
        run(Map.of("SEMEL_DATABASE_PASSWORD", "from-environment"), arguments);
        run(
                Map.of("SEMEL_DATABASE_PASSWORD", "from-environment"),
                "--database-url",
                "jdbc:postgresql://db/semel",
                "--database-user",
                "u",
                "--database-password",
                "from-option");
        assertThat(started)
                .map(options -> options.database().orElseThrow().password().value())
                .containsExactly("from-environment", "from-option");
    }

    @Test
    void optionsPrintWithoutSecrets() {
        run(
                Map.of("SEMEL_BOOTSTRAP_TOKENS", "a:b:admin:HIDDEN", "SEMEL_TOKEN_SECRET", "HIDDEN"),
                "--database-url",
                "jdbc:postgresql://db/semel?password=HIDDEN",
                "--database-user",
                "u",
                "--database-password",
                "HIDDEN");
        assertThat(started.get(0).toString())
                .contains("jdbc:postgresql://db/semel")
                .doesNotContain("HIDDEN");
    }

    @ParameterizedTest
    @CsvSource({
        "--port 65536, --port must be within 0..65535",
        "--port -1, --port must be within",
        "--port x, Invalid value for option '--port'",
        "--bogus, Unknown option",
        "--database-url jdbc:mysql://x --database-user u, must begin with jdbc:postgresql:",
        "--database-url jdbc:postgresql://x/y, needs --database-user",
        "--database-user u, --database-url",
        "--address no.such.interface.invalid, --address names no interface",
        "run, Unmatched argument"
    })
    void wrongOptionIsOneSentenceAndExitCode2(String arguments, String message) {
        assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(2);
        assertThat(complaint.lines()).hasSize(1);
        assertThat(complaint).contains(message);
        assertThat(started).isEmpty();
    }

    private int run(Map<String, String> environment, String... arguments) {
        PrintStream original = System.err;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            return SemelServer.run(arguments, environment, started::add);
        } finally {
            System.setErr(original);
            complaint = caught.toString(StandardCharsets.UTF_8);
        }
    }
}
