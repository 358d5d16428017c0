package dev.semel.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with the real jars. */
class LauncherIT {

    @TempDir
    private Path folder;

    @Test
    void theServersClassesComeFromTheArchiveOfATrainingOnDataOfItsOwn() throws Exception {
        Checkout checkout = Checkout.at(folder.resolve("checkout"));
        Files.copy(Path.of(System.getProperty("semel.server.jar")), checkout.serverJar());
        Files.copy(Path.of(System.getProperty("semel.cli.jar")), checkout.cliJar());
        Path classes = folder.resolve("classes");

        try (Launched server = checkout.launch(
                        "server",
                        Map.of("SEMEL_JAVA_OPTS", "-Xmx384m -Xlog:class+load:file=" + classes),
                        "server",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())
                .ready(Duration.ofSeconds(180))) {
            assertThat(server.out().lines()).hasSize(2).first().asString().startsWith("Admin token of tenant demo");
            assertThat(checkout.drafts()).isEmpty();
        }

        List<String> own;
        try (Stream<String> lines = Files.lines(classes)) {
            own = lines.filter(line -> line.contains(" dev.semel.server.") || line.contains(" org.postgresql."))
                    .filter(line -> !line.contains("$$"))
                    .toList();
        }
        assertThat(own).hasSizeGreaterThan(200);
        assertThat(own.stream().filter(line -> line.contains("shared objects file")))
                .hasSizeGreaterThan(own.size() * 9 / 10);
    }
}
