package dev.semel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SemelTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine semel =
            Semel.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void helpListsEveryCommand() {
        assertThat(semel.execute("help")).isZero();

        assertThat(out.toString()).contains("server", "demo", "ops", "help", "exactly once");
    }

    @Test
    void helpOfACommandNamesItsOptions() {
        assertThat(semel.execute("help", "demo")).isZero();

        assertThat(out.toString()).contains("--data", "--port", "--keep", "--samples", "--seed", "--no-color");
    }

    @Test
    void versionIsPrinted() {
        assertThat(semel.execute("--version")).isZero();

        assertThat(out.toString()).startsWith("semel ");
    }

    @Test
    void withoutACommandTheUsageIsShown() {
        assertThat(semel.execute()).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString()).contains("Usage: semel");
    }

    @Test
    void aMissingFolderOfSamplesIsAMessageAndNoStackTrace() {
        assertThat(semel.execute("demo", "--samples", "/no/such/folder")).isEqualTo(1);

        assertThat(err.toString()).contains("The samples in /no/such/folder").doesNotContain("\tat ");
    }
}
