package dev.semel.cli.demo.network;

import dev.semel.cli.demo.tally.Count;
import dev.semel.cli.demo.tally.Tally;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A network between us and the server that breaks connections and forgets answers. Thread-safe; at most
 * {@value #MOST_IN_FLIGHT} requests are on their way at any time.
 */
public final class BadNetwork implements AutoCloseable {

    /** How many requests may be on their way at once. */
    public static final int MOST_IN_FLIGHT = 32;

    private final Semaphore permits = new Semaphore(MOST_IN_FLIGHT);
    private final ExecutorService hangUps = Executors.newCachedThreadPool(BadNetwork::daemon);
    private final Transport transport;

    /**
     * Makes a network.
     *
     * @param server where the server is now; asked before every request
     * @param token the bearer token
     */
    public BadNetwork(Supplier<URI> server, String token) {
        this.transport = new Transport(server, token, hangUps);
    }

    /** How many requests are on their way. */
    public int inFlight() {
        return MOST_IN_FLIGHT - permits.availablePermits();
    }

    /** Sends a request to meet its fate; waits while too many are on their way. Never completes exceptionally. */
    CompletableFuture<Answer> send(Ask ask, Fate fate, int cancelAfterMillis, Tally tally) throws InterruptedException {
        permits.acquire();
        long start = System.nanoTime();
        return dispatch(ask, fate, cancelAfterMillis).whenComplete((answer, failure) -> {
            permits.release();
            tally.add(answer == null ? Count.LOST : answer.count(), Duration.ofNanos(System.nanoTime() - start));
        });
    }

    private CompletableFuture<Answer> dispatch(Ask ask, Fate fate, int cancelAfterMillis) {
        return switch (fate) {
            case LISTEN, FORGET -> transport.send(ask);
            case CANCEL -> transport.sendAndCancel(ask, cancelAfterMillis);
            case HANG_UP -> transport.sendAndHangUp(ask);
        };
    }

    @Override
    public void close() {
        hangUps.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hang-up");
        thread.setDaemon(true);
        return thread;
    }
}
