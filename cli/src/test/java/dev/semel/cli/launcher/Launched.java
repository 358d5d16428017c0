package dev.semel.cli.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A launcher and what it became. */
record Launched(Process process, Path outFile, Path errFile) implements AutoCloseable {

    static void await(Duration limit, Callable<Boolean> condition, Callable<String> otherwise) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(otherwise.call());
            }
            Thread.sleep(20);
        }
    }

    Launched ready(Duration limit) throws Exception {
        await(limit, () -> out().contains("Semel is ready at ") || !process.isAlive(), this::err);
        if (!process.isAlive()) {
            throw new AssertionError(err());
        }
        return this;
    }

    /** The server that is being trained. */
    ProcessHandle training() throws Exception {
        await(Duration.ofSeconds(30), () -> process.descendants().anyMatch(Launched::isTrained), this::err);
        return process.descendants().filter(Launched::isTrained).findFirst().orElseThrow();
    }

    private static boolean isTrained(ProcessHandle handle) {
        return handle.info().commandLine().orElse("").contains("-XX:ArchiveClassesAtExit");
    }

    String out() throws IOException {
        return Files.readString(outFile);
    }

    String err() throws IOException {
        return Files.readString(errFile);
    }

    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        end();
    }
}
