package dev.semel.cli.demo;

import dev.semel.cli.demo.network.BadNetwork;
import dev.semel.cli.server.RunningServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Kills the server once, when so many tasks are done, and starts it again. Thread-safe. */
final class KillSwitch {

    private static final int WANTED_IN_FLIGHT = BadNetwork.MOST_IN_FLIGHT / 2;
    private static final long MOST_WAIT = TimeUnit.MILLISECONDS.toNanos(250);

    private final CompletableFuture<Kill> kill = new CompletableFuture<>();
    private final RunningServer server;
    private final BadNetwork network;
    private final int trigger;

    KillSwitch(RunningServer server, BadNetwork network, int trigger) {
        this.server = server;
        this.network = network;
        this.trigger = trigger;
    }

    /** Completes when the server is ready again, exceptionally if it does not come back. */
    CompletableFuture<Kill> kill() {
        return kill;
    }

    void done(int tasks) {
        if (tasks == trigger) {
            Thread killer = new Thread(this::killAndRestart, "killer");
            killer.setDaemon(true);
            killer.start();
        }
    }

    private void killAndRestart() {
        try {
            int inFlight = awaitRequests();
            Duration down = server.killAndRestart();
            kill.complete(new Kill(inFlight, down));
        } catch (InterruptedException | RuntimeException e) {
            kill.completeExceptionally(e);
        }
    }

    /** A kill between two requests proves little: waits for a moment when many are on their way. */
    private int awaitRequests() throws InterruptedException {
        long start = System.nanoTime();
        while (network.inFlight() < WANTED_IN_FLIGHT && System.nanoTime() - start < MOST_WAIT) {
            TimeUnit.MICROSECONDS.sleep(200);
        }
        return network.inFlight();
    }
}
