package dev.semel.internal.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A hash over parts, each with its length in front, so that no two lists of parts share an input. Hashes are lower-case hex.
 * Belongs to one thread.
 */
final class Sha256 {
    static final int BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest digest = newDigest();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    private Sha256() {}

    /** @param purpose what is hashed and in which version; different for everything */
    static Sha256 of(String purpose) {
        return new Sha256().text(purpose);
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Null is none of the texts. */
    Sha256 text(@Nullable String text) {
        if (text == null) {
            return number(-1);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
        return this;
    }

    Sha256 number(long value) {
        digest.update(number.putLong(0, value).array());
        return this;
    }

    String hex() {
        return HEX.formatHex(digest.digest());
    }

    static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }
}
