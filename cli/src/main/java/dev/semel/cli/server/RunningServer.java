package dev.semel.cli.server;

import java.net.URI;
import java.time.Duration;

/** A server whose address changes when it is killed and started again. Implementations are thread-safe. */
public interface RunningServer {

    /** Where it answers, or answered last while it is down. */
    URI address();

    /**
     * Kills it without warning and starts it again on the same data.
     *
     * @return how long nobody answered
     */
    Duration killAndRestart() throws InterruptedException;
}
