package dev.semel.sync.pull;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cursors as opaque texts that only the server can make: fields in binary, and an HMAC over them with the key of their scope. A cursor of
 * another scope is none.
 */
final class CursorSeal {
    private static final byte VERSION = 2;
    private static final int FIELDS = 1 + 16 + 8 + 4 + 8 + 8 + 8;
    private static final int MAC = 16;

    private CursorSeal() {}

    /** What a text says that may be a cursor, before that is known. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Claim(Cursor cursor, byte[] fields, byte[] mac) {
        /** Whether this scope's server has made it. */
        boolean isSealedWith(byte[] key) {
            return MessageDigest.isEqual(mac, CursorSeal.mac(key, fields));
        }
    }

    static String seal(Cursor cursor, byte[] key) {
        byte[] fields = ByteBuffer.allocate(FIELDS)
                .put(VERSION)
                .putLong(cursor.epoch().getMostSignificantBits())
                .putLong(cursor.epoch().getLeastSignificantBits())
                .putLong(cursor.seq())
                .putInt(cursor.ord())
                .putLong(cursor.through())
                .putLong(cursor.from())
                .putLong(cursor.stamp())
                .array();
        byte[] sealed = Arrays.copyOf(fields, FIELDS + MAC);
        System.arraycopy(mac(key, fields), 0, sealed, FIELDS, MAC);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Empty if the text cannot be a cursor. */
    static Optional<Claim> read(String text) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (sealed.length != FIELDS + MAC || sealed[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(sealed, 1, FIELDS - 1);
        Cursor cursor = new Cursor(
                new UUID(fields.getLong(), fields.getLong()),
                fields.getLong(),
                fields.getInt(),
                fields.getLong(),
                fields.getLong(),
                fields.getLong());
        return Optional.of(
                new Claim(cursor, Arrays.copyOf(sealed, FIELDS), Arrays.copyOfRange(sealed, FIELDS, FIELDS + MAC)));
    }

    private static byte[] mac(byte[] key, byte[] fields) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(fields), MAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
