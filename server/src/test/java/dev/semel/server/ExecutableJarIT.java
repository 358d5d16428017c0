package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a user runs it, with its embedded database, in a process of its own. */
class ExecutableJarIT {
    private static final Pattern READY =
            Pattern.compile("(?m)^Semel is ready at (http://127\\.0\\.0\\.1:[1-9][0-9]*)$");

    @TempDir
    private Path folder;

    private Optional<Process> started = Optional.empty();

    @AfterEach
    void end() {
        started.ifPresent(Process::destroyForcibly);
    }

    @Test
    void sigtermEndsItWithZeroAndTheDatabaseTooAndTheDataIsThereAtTheNextStart() throws Exception {
        String url = start();
        String token = Files.readString(folder.resolve("data/admin-token")).strip();
        assertThat(output("out")).contains(token);
        Client admin = Client.of(url, token);
        assertThat(admin.post("/api/customers", "{\"name\":\"Ada\"}").status()).isEqualTo(201);
        ProcessHandle postgres = postgres();

        process().destroy();
        assertThat(process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process().exitValue()).isZero();
        assertThat(postgres.isAlive()).isFalse();

        Client again = Client.of(start(), token);
        assertThat(again.get("/api/customers").json().path("items").size()).isEqualTo(1);
        assertThat(output("out")).doesNotContain(token);
        assertThat(output("out").lines()).hasSize(1);
    }

    @Test
    void killedServerLeavesNoPostgresAndLosesNothing() throws Exception {
        String url = start();
        String token = Files.readString(folder.resolve("data/admin-token")).strip();
        Client.of(url, token).post("/api/customers", "{\"name\":\"Ada\"}");
        ProcessHandle postgres = postgres();

        process().destroyForcibly().waitFor();
        postgres.onExit().get(20, TimeUnit.SECONDS);

        Client again = Client.of(start(), token);
        assertThat(again.get("/api/customers").json().path("items").size()).isEqualTo(1);
    }

    @Test
    void killedPostgresComesBackUnderTheRunningServer() throws Exception {
        String url = start();
        Client admin = Client.of(
                url, Files.readString(folder.resolve("data/admin-token")).strip());
        ProcessHandle postgres = postgres();

        postgres.destroyForcibly();
        postgres.onExit().get(20, TimeUnit.SECONDS);

        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Answer answer = admin.post("/api/customers", "{\"name\":\"Ada\"}", "after-the-kill");
        while (answer.status() == 503 && System.nanoTime() < deadline) {
            Thread.sleep(200);
            answer = admin.post("/api/customers", "{\"name\":\"Ada\"}", "after-the-kill");
        }
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        assertThat(admin.get("/api/customers").json().path("items").size()).isEqualTo(1);
    }

    @Test
    void embeddedDatabaseIsDurableAndItsApplicationLoginOwnsNothing() throws Exception {
        start();
        Properties superuser = connectionFile();
        String url = superuser.getProperty("jdbcUrl").replaceFirst("/postgres$", "/semel");
        try (var connection = DriverManager.getConnection(
                        url, superuser.getProperty("user"), superuser.getProperty("password"));
                var statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                var rows = statement.executeQuery("SHOW " + setting);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).as(setting).isEqualTo("on");
            }
            var rows = statement.executeQuery("""
                    SELECT r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolinherit
                           OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
                    FROM pg_roles r WHERE r.rolname = 'semel_server'
                    """);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean(1)).isFalse();
        }
    }

    private String start() throws Exception {
        started = Optional.of(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-jar",
                        Path.of("target", "semel-server.jar").toAbsolutePath().toString(),
                        "server",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start());
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (System.nanoTime() < deadline && process().isAlive()) {
            Matcher ready = READY.matcher(output("out"));
            if (ready.find()) {
                assertThat(Client.of(ready.group(1), "").get("/actuator/health").text())
                        .isEqualTo("{\"status\":\"UP\"}");
                return ready.group(1);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not ready: " + output("err"));
    }

    private Process process() {
        return started.orElseThrow();
    }

    private ProcessHandle postgres() throws IOException {
        String pid = Files.readAllLines(folder.resolve("data/postgres/cluster/postmaster.pid"))
                .get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private Properties connectionFile() throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve("data/postgres/connection.properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private String output(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
