package dev.semel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.cli.server.FakeServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCommandTest {

    private static final String JAR = "semel.server.jar";

    @TempDir
    Path folder;

    @AfterEach
    void forgetTheJar() {
        System.clearProperty(JAR);
    }

    @Test
    void everyArgumentReachesTheServerAndItsExitCodeComesBack() throws Exception {
        System.setProperty(JAR, FakeServer.jarIn(folder).toString());
        String seen = folder.resolve("arguments").toString();

        int exitCode = Semel.commandLine()
                .execute("server", "record", seen, "--port", "0", "--help", "@file", "--data=a b", "--", "-x");

        assertThat(exitCode).isEqualTo(7);
        assertThat(Files.readAllLines(Path.of(seen)))
                .containsExactly("record", seen, "--port", "0", "--help", "@file", "--data=a b", "--", "-x");
    }

    @Test
    void withoutAJarTheUserIsToldWhatToDo() {
        StringWriter err = new StringWriter();

        int exitCode = Semel.commandLine().setErr(new PrintWriter(err)).execute("server");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("./semel").contains(JAR);
    }
}
