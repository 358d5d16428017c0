package dev.semel.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The executable jar in a process of its own. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("(?m)^Semel is ready at (http://127\\.0\\.0\\.1:[1-9][0-9]*)$");

    /** What a failpoint ends it with. */
    private static final int KILLED = 137;

    private final Process process;
    private final String url;

    private ServerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** On an external database. */
    static ServerProcess start(Path folder, TestDatabase database) throws Exception {
        return start(folder, on(database));
    }

    /** On an external database, with as large a heap. */
    static ServerProcess start(Path folder, TestDatabase database, String heap) throws Exception {
        return start(folder, on(database), heap);
    }

    /** On an external database, and killed at the hit of a failpoint: {@code kill}, or {@code kill@2} for the second. */
    static ServerProcess startArmed(Path folder, TestDatabase database, String failpoint, String action)
            throws Exception {
        return start(folder, on(database), "384m", armed(failpoint, action));
    }

    /** On an external database, until a failpoint has killed it, by whatever it does after its start. */
    static void dieAt(Path folder, TestDatabase database, String failpoint) throws Exception {
        Process process = launch(folder, on(database), "384m", armed(failpoint, "kill"));
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new AssertionError("alive: " + Files.readString(folder.resolve("err")));
            }
            if (process.exitValue() != KILLED) {
                throw new AssertionError("not killed: " + Files.readString(folder.resolve("err")));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> armed(String failpoint, String action) {
        return Map.of(
                "SPRING_APPLICATION_JSON",
                "{\"semel.failpoints.enabled\":true,\"semel.failpoints.armed[%s]\":\"%s\"}"
                        .formatted(failpoint, action));
    }

    private static List<String> on(TestDatabase database) {
        return List.of(
                "--database-url", database.url(), "--database-user", database.user(), "--database-password", "secret");
    }

    static ServerProcess start(Path folder, List<String> options) throws Exception {
        return start(folder, options, "384m");
    }

    private static ServerProcess start(Path folder, List<String> options, String heap) throws Exception {
        return start(folder, options, heap, Map.of());
    }

    private static ServerProcess start(Path folder, List<String> options, String heap, Map<String, String> environment)
            throws Exception {
        Process process = launch(folder, options, heap, environment);
        return new ServerProcess(process, awaitReady(process, folder));
    }

    private static Process launch(Path folder, List<String> options, String heap, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-jar",
                Path.of("target", "semel-server.jar").toAbsolutePath().toString(),
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("SEMEL_BOOTSTRAP_TOKENS", TestServer.TOKENS);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String awaitReady(Process process, Path folder) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Matcher ready = READY.matcher(Files.readString(folder.resolve("out")));
            if (ready.find()) {
                return ready.group(1);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        process.destroyForcibly();
        throw new AssertionError("not ready: " + Files.readString(folder.resolve("err")));
    }

    String url() {
        return url;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the server is still running");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
