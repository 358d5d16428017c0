package dev.semel.testkit.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The result id that the design promises, computed once more: what the core is held against. */
public final class DocumentedId {
    private static final UUID NAMESPACE = UUID.fromString("8d9f5f0c-6f0e-5b57-9d0a-7c3b1f2a4e61");

    private DocumentedId() {}

    /** The name-based UUID (version 5) of a write. */
    public static UUID of(String tenant, String operation, String key) {
        byte[] name = ("company:" + tenant + ":op:" + operation + ":key:" + key).getBytes(StandardCharsets.UTF_8);
        ByteBuffer hash = ByteBuffer.wrap(sha1(ByteBuffer.allocate(16 + name.length)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .put(name)
                .array()));
        return new UUID(
                (hash.getLong() & ~0xF000L) | 0x5000L, (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
