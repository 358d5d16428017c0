package dev.semel.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Deterministic identifiers: name-based UUIDs (RFC 9562 version 5) and advisory lock numbers. */
public final class Names {
    private static final UUID NAMESPACE = UUID.fromString("8d9f5f0c-6f0e-5b57-9d0a-7c3b1f2a4e61");

    private static final int LONGEST_ORDERING_KEY = 255;

    private Names() {}

    public static UUID resultId(String tenant, String operation, String key) {
        return uuid(NAMESPACE, "company:" + tenant + ":op:" + operation + ":key:" + key);
    }

    public static UUID derivedId(UUID resultId, String name) {
        return uuid(resultId, name);
    }

    /** A collision of two lock numbers may cost a wait, never a wrong answer. */
    public static long lock(String purpose, String tenant, String... parts) {
        MessageDigest digest = digest("SHA-256");
        update(digest, purpose);
        update(digest, tenant);
        for (String part : parts) {
            update(digest, part);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /**
     * As it is stored. Not all that an application takes for a key fits into an index, or into a text of PostgreSQL, and that would be
     * found out by the relay: such a key is stored by its hash, which orders the same events.
     */
    static String orderingKey(String given) {
        boolean storable = given.length() <= LONGEST_ORDERING_KEY
                && given.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(given);
        return storable
                ? given
                : "sha256:"
                        + HexFormat.of().formatHex(digest("SHA-256").digest(given.getBytes(StandardCharsets.UTF_8)));
    }

    private static void update(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static UUID uuid(UUID namespace, String name) {
        MessageDigest digest = digest("SHA-1");
        digest.update(ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .array());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & ~0xF000L) | 0x5000L;
        long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
