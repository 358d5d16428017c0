package dev.semel.spring.internal;

import dev.semel.InvalidKeyException;
import dev.semel.Key;
import dev.semel.KeyRule;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a gated request's idempotency key: the header's, or the one that the operation derives. */
final class GateKeys {
    private static final String HEADER = "Idempotency-Key";

    private GateKeys() {}

    /**
     * The key that the client sent.
     *
     * @throws InvalidKeyException if it is malformed or sent more than once
     */
    static Optional<Key> sent(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(HEADER));
        if (values.size() > 1) {
            throw new InvalidKeyException("The header Idempotency-Key is sent more than once.");
        }
        return values.stream().findFirst().map(Key::parse);
    }

    /** @throws KeyRequiredException if the client has to send a key and did not */
    static void require(Optional<Key> sent, KeyRule<?> rule) {
        if (sent.isEmpty() && rule instanceof KeyRule.Client<?>) {
            throw new KeyRequiredException();
        }
    }

    static <P> Key choose(Optional<Key> sent, KeyRule<P> rule, P payload, Map<String, String> variables) {
        if (rule instanceof KeyRule.FromPayload<P> named) {
            String key = named.keying().key(payload);
            if (key == null) {
                throw InvalidKeyException.missing(named);
            }
            return Key.of(key);
        }
        return sent.orElseGet(() -> {
            if (rule instanceof KeyRule.Derived<P> derived) {
                return Key.of(derived.derivation().derive(payload, variables));
            }
            throw new KeyRequiredException();
        });
    }
}
