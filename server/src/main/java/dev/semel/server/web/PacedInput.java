package dev.semel.server.web;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** A request's body, which has to keep pace. Only the time counts that the client is waited for. Not thread-safe. */
final class PacedInput implements InputBuffer {
    private final InputBuffer body;
    private final UploadProperties pace;
    private long received;
    private long waitedNanos;
    private boolean late;

    PacedInput(InputBuffer body, UploadProperties pace) {
        this.body = body;
        this.pace = pace;
    }

    /** @throws SlowUploadException if the client is too slow, also each time after that */
    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        requireInTime();
        int read = await(handler);
        received += Math.max(read, 0);
        requireInTime();
        return read;
    }

    private int await(ApplicationBufferHandler handler) throws IOException {
        long start = System.nanoTime();
        try {
            return body.doRead(handler);
        } catch (SocketTimeoutException e) {
            late = true;
            throw new SlowUploadException();
        } finally {
            waitedNanos += System.nanoTime() - start;
        }
    }

    private void requireInTime() {
        late |= waitedNanos > pace.limitNanos(received);
        if (late) {
            throw new SlowUploadException();
        }
    }

    @Override
    public int available() {
        return body.available();
    }
}
