package dev.semel.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs commands that take milliseconds: probes of what this machine can do, and signals. */
final class ShortCommand {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ShortCommand() {}

    /** Whether the command exists and exits with 0. */
    static boolean succeeds(List<String> command) {
        return output(command).isPresent();
    }

    /** What the command printed, stripped; empty if it does not exist, fails or hangs. */
    static Optional<String> output(List<String> command) {
        try {
            return Optional.of(run(command))
                    .filter(ended -> ended.exitCode == 0)
                    .map(Ended::output);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Sends signals, named as in {@code INT}, to a process that may have ended already. */
    static void signal(long pid, String... names) {
        var script = "pid=$1; shift; for name; do kill -\"$name\" \"$pid\" 2>/dev/null; done";
        var command = new ArrayList<>(List.of("sh", "-c", script, "sh", Long.toString(pid)));
        command.addAll(List.of(names));
        succeeds(command);
    }

    // What these commands print fits into the pipe, so nobody has to read while they run.
    private static Ended run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        if (!Poll.until(() -> !process.isAlive(), LIMIT)) {
            process.destroyForcibly();
            throw new IOException("took longer than " + LIMIT + ": " + command);
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.exitValue(), output.strip());
    }

    private record Ended(int exitCode, String output) {}
}
