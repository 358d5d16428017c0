package dev.semel.documents.blob;

import java.util.UUID;

/**
 * Where the bytes of one put lie in a {@link ByteStore}. Never used for another put. Immutable.
 *
 * @param tenant whose bytes
 * @param id random
 */
public record Location(String tenant, UUID id) {
    /** One that nothing lies at yet. */
    static Location unused(String tenant) {
        return new Location(tenant, UUID.randomUUID());
    }
}
