package dev.semel.internal;

import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.PayloadCodec;
import java.util.OptionalInt;

/** What the fingerprint of a payload is over that was given as an object. */
final class Canonical {
    private Canonical() {}

    static <P> byte[] of(PayloadCodec codec, Operation<P, ?> operation, P payload) {
        return operation.keyRule() instanceof KeyRule.FromPayload<P> rule
                ? rule.keying().canonical(payload)
                : canonical(codec, operation, codec.write(payload));
    }

    private static byte[] canonical(PayloadCodec codec, Operation<?, ?> operation, byte[] json) {
        OptionalInt maxBytes = operation.maxPayloadBytes();
        return maxBytes.isPresent() ? codec.canonical(json, maxBytes.getAsInt()) : codec.canonical(json);
    }
}
