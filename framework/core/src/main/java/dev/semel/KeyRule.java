package dev.semel;

import java.nio.charset.StandardCharsets;
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
     * @param identifies whether the derived key is all that tells two requests apart: of one derived key they are one request, however
     *     their payloads are spelled. Otherwise another payload under the same derived key is refused
     */
    record Derived<P>(String description, Derivation<P> derivation, boolean identifies) implements KeyRule<P> {
        /**
         * What a call under the derived key is told apart by.
         *
         * @param key that was derived
         * @param canonicalBody as for {@link Fingerprint#of}
         */
        public Fingerprint fingerprint(String operation, Map<String, String> variables, Key key, byte[] canonicalBody) {
            return Fingerprint.of(
                    operation, variables, identifies ? key.value().getBytes(StandardCharsets.UTF_8) : canonicalBody);
        }
    }

    /** Computes a key from a request. */
    @FunctionalInterface
    interface Derivation<P> {
        /** @param variables path and query variables by name */
        String derive(P payload, Map<String, String> variables);
    }
}
