package dev.semel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aQuickStormIsShownAndSaved(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("storm.json");
        Path svg = folder.resolve("storm.svg");

        int status = run("storm", "--quick", "--json", json.toString(), "--svg", svg.toString());

        assertThat(status).isZero();
        assertThat(out.toString())
                .contains("### 500 identical calls at once", "| Semel ", "- fsync: on", "- PostgreSQL: ")
                .doesNotContain("FAILED");
        assertThat(Files.readString(json)).contains("\"connections\"");
        String picture = Files.readString(svg);
        assertThat(picture).contains("500 identical calls");

        Path again = folder.resolve("again.svg");
        assertThat(run("picture", json.toString(), "--only", "identical", "--svg", again.toString()))
                .isZero();
        assertThat(Files.readString(again)).isEqualTo(picture);
        assertThat(run("picture", json.toString(), "--only", "different", "--svg", again.toString()))
                .isEqualTo(2);
        assertThat(run("picture", svg.toString(), "--svg", again.toString())).isEqualTo(2);
    }

    @Test
    void helpNamesEveryMeasurement() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString())
                .contains("write", "replay", "storm", "outbox", "http", "observed", "cold", "sync", "rivals", "growth")
                .contains("all", "picture");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThat(run("write", "--fast")).isEqualTo(2);
        assertThat(err.toString()).contains("--fast");
    }

    private int run(String... arguments) {
        CommandLine command = Bench.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
