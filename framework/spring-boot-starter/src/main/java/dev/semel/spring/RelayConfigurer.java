package dev.semel.spring;

import dev.semel.outbox.Relay;

/** A bean through which an application sets how its events are delivered: policies by event type, when a sink counts as down. */
@FunctionalInterface
public interface RelayConfigurer {
    /** Called once, before the relay is built, after the settings under {@code semel.relay} were applied. */
    void configure(Relay.Builder builder);
}
