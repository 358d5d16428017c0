package dev.semel.spring;

import dev.semel.Semel;

/** A bean through which a service contributes its operations, recalls and listeners. */
@FunctionalInterface
public interface SemelConfigurer {
    /** Called once, before the engine is built. */
    void configure(Semel.Builder builder);
}
