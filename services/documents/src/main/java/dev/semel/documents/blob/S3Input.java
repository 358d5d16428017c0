package dev.semel.documents.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** An object that is being read. Whoever stops early does not have the rest sent. Not thread-safe. */
final class S3Input extends FilterInputStream {
    private final ResponseInputStream<?> object;
    private boolean ended;

    S3Input(ResponseInputStream<?> object) {
        super(object);
        this.object = object;
    }

    @Override
    public int read() throws IOException {
        return ended(super::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return ended(() -> super.read(bytes, offset, length));
    }

    private interface Reading {
        int read() throws IOException;
    }

    /** The SDK has failures of its own, among them that the reader was told to stop. */
    private int ended(Reading reading) throws IOException {
        try {
            int read = reading.read();
            ended |= read < 0;
            return read;
        } catch (SdkException e) {
            throw new IOException("the object could not be read to its end", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            super.close();
        } else {
            object.abort();
        }
    }
}
