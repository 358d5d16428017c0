package dev.semel.spring.internal;

import dev.semel.spring.RawBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.http.MediaType;

/** What the fingerprint of a raw body is over. */
final class RawBodies {
    private RawBodies() {}

    /** Type, a zero byte, and the bytes: a charset parameter says what the bytes mean. */
    static byte[] canonical(RawBody body) {
        byte[] type = MediaType.parseMediaType(body.contentType()).toString().getBytes(StandardCharsets.UTF_8);
        byte[] canonical = Arrays.copyOf(type, type.length + 1 + body.bytes().length);
        System.arraycopy(body.bytes(), 0, canonical, type.length + 1, body.bytes().length);
        return canonical;
    }
}
