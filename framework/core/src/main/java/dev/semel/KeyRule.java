package dev.semel;

import java.util.Map;

/**
 * Where an operation's idempotency key comes from.
 *
 * @param <P> the operation's payload type
 */
public sealed interface KeyRule<P> {
    /** The client sends the key; a call without one is refused. */
    record Client<P>() implements KeyRule<P> {}

    /**
     * The key follows from what is asked for when the client sends none.
     *
     * @param description for the registry, for example {@code document id + content hash}
     * @param derivation computes it; must give the same key for the same request
     */
    record Derived<P>(String description, Derivation<P> derivation) implements KeyRule<P> {}

    /** Computes a key from a request. */
    @FunctionalInterface
    interface Derivation<P> {
        /** @param variables path and query variables by name */
        String derive(P payload, Map<String, String> variables);
    }
}
