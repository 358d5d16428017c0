package dev.semel.server.tokens;

import dev.semel.server.options.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets of 256 random bits. */
final class RandomTokens {
    private static final int BYTES = 32;

    private RandomTokens() {}

    static Secret next() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(text(bytes));
    }

    /** Visible ASCII that survives headers, URLs and shells; the prefix lets secret scanners find it. */
    static String text(byte[] bytes) {
        return "semel_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
