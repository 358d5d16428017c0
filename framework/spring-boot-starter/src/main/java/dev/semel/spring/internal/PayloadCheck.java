package dev.semel.spring.internal;

import dev.semel.InvalidPayloadException;

/** What a payload is held against before its write. */
@FunctionalInterface
interface PayloadCheck {
    /** @throws InvalidPayloadException with all violations */
    void check(Object payload);

    /** Takes everything. */
    static PayloadCheck none() {
        return payload -> {};
    }
}
