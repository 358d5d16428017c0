package dev.semel.postgres;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server: from its start until its process ends. */
final class PostgresServer {
    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final List<String> FAST_THEN_IMMEDIATE = List.of("INT", "QUIT");
    private static final Duration PER_SIGNAL = Duration.ofSeconds(10);

    private final Process process;
    private final DataDirectory directory;
    private volatile boolean stopping;

    PostgresServer(Process process, DataDirectory directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Waits until connections are accepted; if that fails, the process has ended when this throws. */
    void awaitReady(Duration limit, ServerLog output) {
        if (!Poll.until(() -> !process.isAlive() || isReady(), limit)) {
            stop();
            throw new EmbeddedPostgresException("PostgreSQL did not accept connections within " + limit
                    + ". If it is repeating work lost in a crash, allow it more time (startTimeout)." + output.tail());
        }
        if (!process.isAlive()) {
            throw new EmbeddedPostgresException("PostgreSQL ended while starting, with code " + process.exitValue()
                    + ". Remove the reason and start again." + output.tail());
        }
        var unused = process.onExit().thenAccept(this::report);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Fast shutdown: open transactions are rolled back, data is flushed. Harsher, with recovery at the next start, after 10 s. */
    void stop() {
        stopping = true;
        for (var signal : FAST_THEN_IMMEDIATE) {
            if (process.isAlive()) {
                ShortCommand.signal(process.pid(), signal, "CONT");
                Poll.until(() -> !process.isAlive(), PER_SIGNAL);
            }
        }
        process.destroyForcibly();
        Poll.until(() -> !process.isAlive(), PER_SIGNAL);
    }

    private boolean isReady() {
        return PostmasterFile.read(directory.cluster())
                .filter(file -> file.saysReady(process.pid()))
                .isPresent();
    }

    private void report(Process ended) {
        if (!stopping) {
            log.error("PostgreSQL ended unexpectedly, with code {}. See {}", ended.exitValue(), directory.log());
        }
    }
}
