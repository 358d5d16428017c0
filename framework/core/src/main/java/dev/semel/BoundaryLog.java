package dev.semel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each write's boundaries as JSON lines, on the logger {@code semel.boundary} at INFO: BEGIN, then COMMIT or ROLLBACK with
 * a duration and, but for an execution, a code: {@code REPLAYED}, or why nothing was written. Never holds a payload, a key, a
 * name or an address: an identifier that might be one is replaced by a short hash. Costs nothing while the logger is off. Thread-safe.
 */
public final class BoundaryLog implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger("semel.boundary");
    private static final int LONGEST_PLAIN = 64;
    private static final int HASH_BYTES = 8;
    /** Most lines are shorter. */
    private static final int LINE_LENGTH = 256;

    /** A boundary log; all write to the one logger. */
    public BoundaryLog() {}

    @Override
    public void began(WriteInfo write) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line("BEGIN", write).append('}').toString());
        }
    }

    @Override
    public void committed(WriteInfo write, Committed committed) {
        if (LOG.isInfoEnabled()) {
            StringBuilder line = line("COMMIT", write);
            if (committed.replayed()) {
                line.append(",\"code\":\"REPLAYED\"");
            }
            LOG.info(ended(line, committed.duration()));
        }
    }

    @Override
    public void rolledBack(WriteInfo write, String code, Duration duration) {
        if (LOG.isInfoEnabled()) {
            LOG.info(ended(
                    line("ROLLBACK", write).append(",\"code\":\"").append(code).append('"'), duration));
        }
    }

    private static String ended(StringBuilder line, Duration duration) {
        return line.append(",\"durationMs\":")
                .append(millis(duration))
                .append('}')
                .toString();
    }

    /** Twice per write: by hand, for a format string costs several times as much. */
    private static StringBuilder line(String boundary, WriteInfo write) {
        Caller caller = write.caller();
        return new StringBuilder(LINE_LENGTH)
                .append("{\"boundary\":\"")
                .append(boundary)
                .append("\",\"reqId\":\"")
                .append(caller.requestId())
                .append("\",\"tenantId\":\"")
                .append(caller.tenant())
                .append("\",\"userId\":\"")
                .append(identifier(caller.user()))
                .append("\",\"docId\":\"")
                .append(identifier(write.resourceId()))
                .append("\",\"operation\":\"")
                .append(write.operation().name())
                .append('"');
    }

    /** A hostile identifier may neither break the line nor fill the log, and an address is not for it. */
    private static String identifier(String text) {
        return isPlain(text) ? text : "sha256:" + shortHash(text);
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty() || text.length() > LONGEST_PLAIN) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._:-".indexOf(c) >= 0;
    }

    private static String shortHash(String text) {
        byte[] hash = Fingerprint.of("", Map.of(), text.getBytes(StandardCharsets.UTF_8))
                .sha256();
        return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }
}
