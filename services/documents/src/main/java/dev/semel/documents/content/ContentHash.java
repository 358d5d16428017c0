package dev.semel.documents.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of content: {@code sha256:} and 64 hexadecimal digits. */
public final class ContentHash {
    /** What a hash looks like, as a pattern for members of payloads. */
    public static final String SHAPE = "sha256:[0-9a-f]{64}";

    /** The message for {@link #SHAPE}. */
    public static final String MESSAGE = "must be sha256: and 64 hexadecimal digits in lower case";

    private static final Pattern PATTERN = Pattern.compile(SHAPE);

    private ContentHash() {}

    /** Whether the text is a hash. */
    public static boolean fits(String text) {
        return PATTERN.matcher(text).matches();
    }

    /** The hash of these bytes. */
    public static String of(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash of the text as UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
