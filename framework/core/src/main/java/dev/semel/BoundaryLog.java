package dev.semel;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each write's boundaries as JSON lines, on the logger {@code semel.boundary} at INFO: BEGIN, then COMMIT or ROLLBACK.
 * Never holds a payload, a key or a name. Thread-safe.
 */
public final class BoundaryLog implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger("semel.boundary");
    private static final int MAX_ID_LENGTH = 64;

    @Override
    public void began(WriteInfo write) {
        LOG.info("{{}}", line("BEGIN", write));
    }

    @Override
    public void committed(WriteInfo write, boolean replayed, Duration duration) {
        LOG.info("{{},\"replayed\":{},\"durationMs\":{}}", line("COMMIT", write), replayed, millis(duration));
    }

    @Override
    public void rolledBack(WriteInfo write, String code, Duration duration) {
        LOG.info("{{},\"code\":\"{}\",\"durationMs\":{}}", line("ROLLBACK", write), code, millis(duration));
    }

    private static String line(String boundary, WriteInfo write) {
        return "\"boundary\":\"%s\",\"reqId\":\"%s\",\"tenantId\":\"%s\",\"userId\":\"%s\",\"docId\":\"%s\",\"operation\":\"%s\""
                .formatted(
                        boundary,
                        write.caller().requestId(),
                        write.caller().tenant(),
                        identifier(write.caller().user()),
                        identifier(write.resourceId()),
                        write.operation().name());
    }

    /** A hostile identifier may neither break the line nor fill the log. */
    private static String identifier(String text) {
        String bounded = text.substring(0, Math.min(text.length(), MAX_ID_LENGTH));
        return bounded.replaceAll("[^A-Za-z0-9@._:/+-]", "?");
    }

    private static String millis(Duration duration) {
        return String.valueOf(Math.round(duration.toNanos() / 1e3) / 1e3);
    }
}
