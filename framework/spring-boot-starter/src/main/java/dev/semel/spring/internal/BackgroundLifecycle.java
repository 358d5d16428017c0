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

    /** What was closed is not started again: a context that is put aside keeps working. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
