package dev.semel.cli.server;

import dev.semel.cli.CliException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server started from its jar as a child of this process. Thread-safe. */
public final class ServerProcess implements RunningServer {

    private static final Duration STOP_GRACE = Duration.ofSeconds(45);
    private static final int SHOWN_LOG_LINES = 25;

    private final ServerLaunch launch;
    private final Duration startLimit;
    private final ServerLog log;
    private final HealthProbe health = new HealthProbe();
    private @Nullable Process process;
    private @Nullable URI address;
    private boolean stopping;

    /**
     * Prepares a server; {@link #start} starts it.
     *
     * @param startLimit how long it may take until it is ready
     */
    public ServerProcess(ServerLaunch launch, Duration startLimit) {
        this.launch = launch;
        this.startLimit = startLimit;
        this.log = new ServerLog(launch.log());
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @throws CliException with the end of its log, if it ends early or is not ready in time
     */
    public void start() throws InterruptedException {
        long logPosition = log.size();
        Process started = launch();
        awaitReady(started, logPosition);
    }

    @Override
    public synchronized URI address() {
        if (address == null) {
            throw new IllegalStateException("not started");
        }
        return address;
    }

    @Override
    public Duration killAndRestart() throws InterruptedException {
        long killed = System.nanoTime();
        new ChildProcess(current()).kill();
        start();
        return Duration.ofNanos(System.nanoTime() - killed);
    }

    /** Stops the server with SIGTERM, by force if that takes too long. It cannot be started again. */
    public void stop() {
        Process last;
        synchronized (this) {
            stopping = true;
            last = process;
        }
        if (last != null) {
            new ChildProcess(last).stop(STOP_GRACE);
        }
    }

    /** Waits until the server ends by itself or is stopped from elsewhere. */
    public void awaitEnd() throws InterruptedException {
        current().waitFor();
    }

    private synchronized Process launch() {
        if (stopping) {
            throw new CliException("The server was stopped.");
        }
        try {
            process = launch.start();
            return process;
        } catch (IOException e) {
            throw new CliException("The server cannot be started: " + e.getMessage(), e);
        }
    }

    private synchronized Process current() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    private void awaitReady(Process started, long logPosition) throws InterruptedException {
        long deadline = System.nanoTime() + startLimit.toNanos();
        while (!isReady(logPosition)) {
            if (!started.isAlive()) {
                throw failure("The server ended with exit code " + started.exitValue() + " before it was ready.");
            }
            if (System.nanoTime() > deadline) {
                throw failure("The server was not ready after " + startLimit.toSeconds() + " s.");
            }
            Thread.sleep(50);
        }
    }

    private boolean isReady(long logPosition) throws InterruptedException {
        Optional<URI> announced = log.announcedAddress(logPosition);
        if (announced.isEmpty() || !health.isUp(announced.get())) {
            return false;
        }
        moveTo(announced.get());
        return true;
    }

    private synchronized void moveTo(URI announced) {
        address = announced;
    }

    private CliException failure(String what) {
        return new CliException(what + " The end of " + log.file() + ":" + System.lineSeparator()
                + String.join(System.lineSeparator(), log.lastLines(SHOWN_LOG_LINES)));
    }
}
