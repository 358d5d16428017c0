package dev.semel.internal;

import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.PayloadCodec;

/** What the fingerprint of a payload is over that was given as an object. */
final class Canonical {
    private Canonical() {}

    static <P> byte[] of(PayloadCodec codec, Operation<P, ?> operation, P payload) {
        return operation.keyRule() instanceof KeyRule.FromPayload<P> rule
                ? rule.keying().canonical(payload)
                : codec.canonical(codec.write(payload));
    }
}
