package dev.semel.server.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Gives every body a deadline, whoever reads it: a client that sends a byte now and then would hold a thread for as long as it likes. What
 * nobody has read is read here under the same deadline, after the answer: Tomcat would do it without one. Thread-safe.
 */
final class UploadPaceValve extends ValveBase {
    /** As much as Tomcat would read; a connection with more behind it is closed. */
    private static final int LONGEST_REST = 2 << 20;

    private final UploadProperties pace;

    UploadPaceValve(UploadProperties pace) {
        super(true);
        this.pace = pace;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        InputBuffer body = coyote.getInputBuffer();
        coyote.setInputBuffer(new PacedInput(body, pace));
        try {
            getNext().invoke(request, response);
            finish(request, response);
        } finally {
            coyote.setInputBuffer(body);
        }
    }

    private static void finish(Request request, Response response) throws IOException {
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        if (request.isAsync() || coyote.hasExpectation() || coyote.getContentLengthLong() == coyote.getBytesRead()) {
            return;
        }
        response.finishResponse();
        if (!isReadToItsEnd(coyote)) {
            coyote.action(ActionCode.DISABLE_SWALLOW_INPUT, null); // and closes the connection
        }
    }

    private static boolean isReadToItsEnd(org.apache.coyote.Request coyote) {
        Discarded discarded = new Discarded();
        try {
            for (long rest = 0; rest < LONGEST_REST; rest += discarded.size()) {
                if (coyote.doRead(discarded) < 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException | SlowUploadException e) {
            return false;
        }
    }

    /** Takes bytes and forgets them. */
    private static final class Discarded implements ApplicationBufferHandler {
        private ByteBuffer buffer = EMPTY_BUFFER;

        int size() {
            return buffer.remaining();
        }

        @Override
        public void setByteBuffer(ByteBuffer given) {
            buffer = given;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // Nothing is kept.
        }
    }
}
