package dev.semel;

import java.util.Arrays;

/**
 * The response as it was stored with its key: bytes, never re-serialised, so that a replay equals the first answer byte for
 * byte. Immutable as long as nobody writes to the shared array.
 *
 * @param typeId stable id of the result's type and version, for example {@code createPayment.v1}; no class name
 * @param contentType media type of the body
 * @param body the bytes as first answered; shared, not copied
 */
@SuppressWarnings(
        "ArrayRecordComponent") // equality is by content, and a copy at each replay would cost more than it protects
public record Snapshot(String typeId, String contentType, byte[] body) {
    /** Media type of results written by a {@link PayloadCodec}. */
    public static final String JSON = "application/json";

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that
                && typeId.equals(that.typeId)
                && contentType.equals(that.contentType)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "Snapshot[" + typeId + ", " + body.length + " bytes]";
    }
}
