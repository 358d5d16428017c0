package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's session does what it says, pasted into a shell. */
class ReadmeIT {
    private static final Pattern SESSION = Pattern.compile("<!-- session -->\n```sh\n(.*?)```", Pattern.DOTALL);

    @Test
    void curlSessionPaysOnceAndRefusesMisuse(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder.resolve("server"), List.of())) {
            Path data = Files.createDirectories(folder.resolve("semel-data"));
            Files.writeString(data.resolve("admin-token"), "ACME-ADMIN\n");

            List<String> answers = run(session().replace("http://127.0.0.1:8080", server.url()), folder);

            assertThat(answers).hasSize(14);
            assertThat(answers.get(0)).contains("\"status\":\"final\"");
            assertThat(answers.get(1)).contains("\"amount\":\"60.00\"");
            assertThat(answers.get(2)).isEqualTo(answers.get(1));
            assertThat(answers.get(3)).contains("IDEMPOTENCY_KEY_REUSED");
            assertThat(answers.get(5)).contains("\"status\":\"paid\"", "\"balance\":\"0.00\"");
            assertThat(answers.get(6)).isEqualTo("{\"EUR\":{\"debit\":\"200.00\",\"credit\":\"200.00\"}}");
            assertThat(answers.get(7)).contains("\"version\":2");
            assertThat(answers.get(8)).isEqualTo(answers.get(7));
            assertThat(answers).endsWith("-one", "+two");
        }
    }

    private static String session() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        return SESSION.matcher(readme)
                .results()
                .map(session -> session.group(1))
                .collect(Collectors.joining());
    }

    private static List<String> run(String script, Path folder) throws Exception {
        Path output = folder.resolve("output");
        Process shell = new ProcessBuilder("bash", "-e", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(output);
    }
}
