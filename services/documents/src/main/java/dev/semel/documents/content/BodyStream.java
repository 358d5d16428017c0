package dev.semel.documents.content;

import dev.semel.InvalidPayloadException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, whose failures are the client's and not the store's. */
final class BodyStream extends FilterInputStream {
    BodyStream(InputStream body) {
        super(body);
    }

    @Override
    public int read() {
        try {
            return super.read();
        } catch (IOException e) {
            throw broken();
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw broken();
        }
    }

    private static InvalidPayloadException broken() {
        return InvalidPayloadException.invalid("", "The body could not be read to its end.");
    }
}
