package dev.semel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A client's idempotency key, unique per tenant: 1–255 visible ASCII characters. Immutable.
 *
 * @param value the key without quotes
 */
public record Key(String value) {
    private static final int MAX_LENGTH = 255;
    private static final String CHILD = "semel-child:";

    /** @throws InvalidKeyException if the value is empty, too long or holds anything but visible ASCII */
    public Key {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new InvalidKeyException("An idempotency key has 1 to 255 visible ASCII characters.");
        }
    }

    /**
     * A key given directly.
     *
     * @throws InvalidKeyException as the constructor
     */
    public static Key of(String value) {
        return new Key(value);
    }

    /**
     * Reads a header's value: a quoted structured-field string (RFC 8941) and the bare value are one key; blanks around it
     * do not count.
     *
     * @throws InvalidKeyException if neither form fits
     */
    public static Key parse(String headerValue) {
        String trimmed = headerValue.strip();
        Key key = new Key(trimmed.startsWith("\"") ? unquote(trimmed) : trimmed);
        if (key.value.startsWith(CHILD)) {
            throw new InvalidKeyException("Keys that begin with " + CHILD + " are made for nested writes only.");
        }
        return key;
    }

    /**
     * The key of a write inside a write. The same parent and name give the same child, and no child equals a key that a
     * client may send.
     */
    public Key child(String name) {
        return new Key(CHILD + HexFormat.of().formatHex(sha256(value + '\0' + name)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String unquote(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        int i = 1;
        for (; i < quoted.length() && quoted.charAt(i) != '"'; i++) {
            if (quoted.charAt(i) == '\\') {
                i = escaped(quoted, i + 1);
            }
            text.append(quoted.charAt(i));
        }
        if (i != quoted.length() - 1) {
            throw new InvalidKeyException("A quoted idempotency key ends with its closing quote.");
        }
        return text.toString();
    }

    private static int escaped(String quoted, int i) {
        if (i >= quoted.length() || (quoted.charAt(i) != '"' && quoted.charAt(i) != '\\')) {
            throw new InvalidKeyException("In a quoted idempotency key only \\\" and \\\\ are escapes.");
        }
        return i;
    }
}
