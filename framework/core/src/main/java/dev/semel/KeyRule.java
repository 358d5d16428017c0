package dev.semel;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /**
     * The key is a member of the payload, and the header is not looked at: for writes whose name has to live longer than any
     * stored response. A payload without it is refused with a code of its own, another payload under it as well: {@code
     * clientOrderId} gives {@code CLIENT_ORDER_ID_REQUIRED} and {@code CLIENT_ORDER_ID_REUSED}.
     *
     * @param member its name in the payload
     * @param keying reads it, and says what is the same payload
     */
    record FromPayload<P>(String member, Keying<P> keying) implements KeyRule<P> {
        private static final Pattern WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

        /** The code of a refusal that is about this key. */
        String code(String what) {
            return WORD.matcher(member).replaceAll("_").toUpperCase(Locale.ROOT) + "_" + what;
        }
    }

    /** Reads the key that a payload brings. */
    interface Keying<P> {
        /** The key, as it is stored: 1 to 255 visible ASCII characters. Null if the payload has none. */
        @Nullable
        String key(P payload);

        /**
         * What the fingerprint is over: equal for equal payloads, and different for different ones. It takes the place of {@link
         * PayloadCodec#canonical}, whose bounds and checks of texts are then up to the operation.
         */
        byte[] canonical(P payload);
    }

    /** Computes a key from a request. */
    @FunctionalInterface
    interface Derivation<P> {
        /** @param variables path and query variables by name */
        String derive(P payload, Map<String, String> variables);
    }
}
