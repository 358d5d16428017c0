package dev.semel.spring.internal;

import org.springframework.context.SmartLifecycle;

/** Starts what works in the background when all beans are there, and stops it before any of them goes. */
final class BackgroundLifecycle implements SmartLifecycle {
    private final Runnable starting;
    private final Runnable stopping;
    private volatile boolean running;

    BackgroundLifecycle(Runnable starting, Runnable stopping) {
        this.starting = starting;
        this.stopping = stopping;
    }

    @Override
    public void start() {
        starting.run();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stopping.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
