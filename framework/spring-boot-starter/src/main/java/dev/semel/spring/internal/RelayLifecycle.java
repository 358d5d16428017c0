package dev.semel.spring.internal;

import dev.semel.outbox.Relay;
import org.springframework.context.SmartLifecycle;

/** Starts the relay when all beans are there and stops it before any of them goes. */
final class RelayLifecycle implements SmartLifecycle {
    private final Relay relay;
    private volatile boolean running;

    RelayLifecycle(Relay relay) {
        this.relay = relay;
    }

    @Override
    public void start() {
        relay.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        relay.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
