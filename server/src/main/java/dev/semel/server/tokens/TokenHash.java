package dev.semel.server.tokens;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a token. The tokens that Semel makes have 256 random bits, so that salt and stretching would add nothing. Immutable. */
final class TokenHash {
    private final ByteBuffer bytes;

    private TokenHash(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    static TokenHash of(String token) {
        return new TokenHash(sha256(token.getBytes(StandardCharsets.UTF_8)));
    }

    static TokenHash ofStored(byte[] bytes) {
        return new TokenHash(bytes.clone());
    }

    byte[] bytes() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    private static byte[] sha256(byte[] token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
