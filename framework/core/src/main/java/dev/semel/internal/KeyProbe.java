package dev.semel.internal;

import java.util.Optional;

/**
 * What the first round trip of a write found.
 *
 * @param lock whether somebody else is busy with the key
 * @param stored the committed row of the key
 */
record KeyProbe(Lock lock, Optional<StoredKey> stored) {
    enum Lock {
        FREE,
        /** With the same payload, as far as one can tell. */
        BUSY,
        BUSY_WITH_OTHER_PAYLOAD
    }
}
