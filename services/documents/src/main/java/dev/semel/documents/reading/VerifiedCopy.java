package dev.semel.documents.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Copies a part of some content, and lets its last bytes go only when the content was read to its end, where a damage shows at the
 * latest. Nobody gets a part whole of content that is not. Reads all of it for that, with two buffers. Used once.
 */
final class VerifiedCopy {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Source source;
    private final Target target;
    private final ByteRange.Part part;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private byte[] heldBack = new byte[BUFFER_BYTES];
    private int heldFrom;
    private int heldLength;

    VerifiedCopy(Source source, Target target, ByteRange.Part part) {
        this.source = source;
        this.target = target;
        this.part = part;
    }

    /** Fails with what is to be told of content that cannot be read. */
    @FunctionalInterface
    interface Source {
        /** As {@link InputStream#readNBytes(byte[], int, int)}. */
        int read(byte[] bytes, int length);
    }

    /** Where the bytes go. */
    @FunctionalInterface
    interface Target {
        /** Asked for each time that bytes are ready to go. */
        OutputStream stream() throws IOException;
    }

    /** @throws IOException if the target takes no more */
    void run() throws IOException {
        long position = 0;
        int read = source.read(buffer, BUFFER_BYTES);
        while (read > 0) {
            take(position, read);
            position += read;
            read = source.read(buffer, BUFFER_BYTES);
        }
        release();
    }

    private void take(long position, int read) throws IOException {
        int from = (int) Math.max(0, Math.min(read, part.first() - position));
        int to = (int) Math.max(from, Math.min(read, part.last() + 1 - position));
        if (to == from) {
            return;
        }
        if (heldLength > 0) {
            release();
        }
        byte[] free = heldBack;
        heldBack = buffer;
        buffer = free;
        heldFrom = from;
        heldLength = to - from;
    }

    private void release() throws IOException {
        target.stream().write(heldBack, heldFrom, heldLength);
    }
}
