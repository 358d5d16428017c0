package dev.semel.cli.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process of ours and the two ways to end it. Thread-safe. */
record ChildProcess(Process process) {

    /** Asks it to stop (SIGTERM), waits, and kills it when the time is over. */
    void stop(Duration grace) {
        process.destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it (SIGKILL) and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it when this JVM ends, whatever ends it. */
    void stopWithThisJvm(Duration grace) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(grace), "stop-server"));
    }
}
