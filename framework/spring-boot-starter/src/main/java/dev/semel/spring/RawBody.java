package dev.semel.spring;

/**
 * A request body that is no JSON, as it was received: the payload type of an operation that takes files. Its gate takes what the
 * route's {@code consumes} names, up to {@code semel.http.max-raw-body-size}, and the fingerprint is over content type and
 * bytes: another spelling of the same file is another payload.
 *
 * <p>Immutable as long as nobody writes into the bytes, which are not copied.
 *
 * @param contentType with its parameters, as it was sent
 * @param bytes the whole body, in memory
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too large to be copied
public record RawBody(String contentType, byte[] bytes) {
    /** Neither bytes nor type: both come from a client. */
    @Override
    public String toString() {
        return "RawBody[" + bytes.length + " bytes]";
    }
}
