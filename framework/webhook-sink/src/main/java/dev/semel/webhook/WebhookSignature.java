package dev.semel.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a webhook request: {@code v1=<hex HMAC-SHA-256 of "timestamp.event id.body">}, one value for each secret in
 * use, separated by commas. It covers timestamp, event id and body, no other header. Thread-safe.
 */
public final class WebhookSignature {
    /** Carries the event's id; the same for every attempt. {@code Idempotency-Key} carries it, too. */
    public static final String EVENT_ID_HEADER = "Semel-Event-Id";
    /** Carries the event's type. Not signed. */
    public static final String EVENT_TYPE_HEADER = "Semel-Event-Type";
    /** Carries the tenant. Not signed. */
    public static final String TENANT_HEADER = "Semel-Tenant";
    /** Carries the time of this attempt, in seconds since 1970 in UTC. */
    public static final String TIMESTAMP_HEADER = "Semel-Timestamp";
    /** Carries the signature. */
    public static final String SIGNATURE_HEADER = "Semel-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1=";

    private WebhookSignature() {}

    /**
     * For receivers: whether someone who knows the secret sent exactly this body, recently. Compares in constant time. A request
     * within the tolerance can still be a repetition: remember the event id.
     *
     * @param secret shared with the sender
     * @param eventId the header {@value #EVENT_ID_HEADER}; null if absent
     * @param timestamp the header {@value #TIMESTAMP_HEADER}; null if absent
     * @param signature the header {@value #SIGNATURE_HEADER}; null if absent
     * @param body the bytes as they came, before any parsing
     * @param tolerance by how much the timestamp may differ from this machine's clock, in both directions; five minutes, say
     * @return false for a request that must not be believed, whatever is wrong with it
     */
    public static boolean verify(
            byte[] secret,
            @Nullable String eventId,
            @Nullable String timestamp,
            @Nullable String signature,
            byte[] body,
            Duration tolerance) {
        if (eventId == null || timestamp == null || signature == null || !recent(timestamp, tolerance)) {
            return false;
        }
        byte[] expected = (VERSION + hex(secret, timestamp, eventId, body)).getBytes(StandardCharsets.US_ASCII);
        boolean matches = false;
        for (String candidate : signature.split(",", -1)) {
            matches |= MessageDigest.isEqual(expected, candidate.strip().getBytes(StandardCharsets.UTF_8));
        }
        return matches;
    }

    static String sign(List<byte[]> secrets, String timestamp, String eventId, byte[] body) {
        return secrets.stream()
                .map(secret -> VERSION + hex(secret, timestamp, eventId, body))
                .collect(Collectors.joining(","));
    }

    private static boolean recent(String timestamp, Duration tolerance) {
        try {
            Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(sent, Instant.now()).abs().compareTo(tolerance) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private static String hex(byte[] secret, String timestamp, String eventId, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(signed(timestamp, eventId, body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] signed(String timestamp, String eventId, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 64);
        bytes.writeBytes((timestamp + "." + eventId + ".").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
