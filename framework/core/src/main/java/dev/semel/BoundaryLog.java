package dev.semel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each write's boundaries as JSON lines, on the logger {@code semel.boundary} at INFO: BEGIN, then COMMIT or ROLLBACK with
 * a duration and, but for an execution, a code: {@code REPLAYED}, or why nothing was written. Never holds a payload, a key, a
 * name or an address: an identifier that might be one is replaced by a short hash. Costs nothing while the logger is off. Thread-safe.
 */
public final class BoundaryLog implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger("semel.boundary");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final int HASH_BYTES = 8;

    /** A boundary log; all write to the one logger. */
    public BoundaryLog() {}

    @Override
    public void began(WriteInfo write) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{{}}", line("BEGIN", write));
        }
    }

    @Override
    public void committed(WriteInfo write, Committed committed) {
        if (LOG.isInfoEnabled()) {
            String code = committed.replayed() ? ",\"code\":\"REPLAYED\"" : "";
            LOG.info("{{}{},\"durationMs\":{}}", line("COMMIT", write), code, millis(committed.duration()));
        }
    }

    @Override
    public void rolledBack(WriteInfo write, String code, Duration duration) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{{},\"code\":\"{}\",\"durationMs\":{}}", line("ROLLBACK", write), code, millis(duration));
        }
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

    /** A hostile identifier may neither break the line nor fill the log, and an address is not for it. */
    private static String identifier(String text) {
        return PLAIN.matcher(text).matches() ? text : "sha256:" + shortHash(text);
    }

    private static String shortHash(String text) {
        byte[] hash = Fingerprint.of("", Map.of(), text.getBytes(StandardCharsets.UTF_8))
                .sha256();
        return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    }

    private static String millis(Duration duration) {
        return String.valueOf(Math.round(duration.toNanos() / 1e3) / 1e3);
    }
}
