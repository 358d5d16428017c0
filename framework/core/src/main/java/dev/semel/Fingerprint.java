package dev.semel;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 over what was asked for: operation, path and query variables, canonical body. Tells "same key, same payload" from
 * misuse. Immutable.
 *
 * @param version of the algorithm, stored beside the hash: keys of an older algorithm are to be compared with it
 * @param sha256 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; equality is by content
public record Fingerprint(int version, byte[] sha256) {
    /** The algorithm that {@link #of} uses. */
    public static final int CURRENT_VERSION = 1;

    /** @throws IllegalArgumentException unless there are 32 bytes */
    public Fingerprint {
        if (sha256.length != 32) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes");
        }
        sha256 = sha256.clone();
    }

    /**
     * Computes the fingerprint of one call. Every part is length-prefixed, so that no two different calls share an input.
     *
     * @param operation the operation's name
     * @param variables path and query variables by name; their order does not matter
     * @param canonicalBody the body after {@link PayloadCodec#canonical}, or raw bytes where the body is not JSON
     */
    public static Fingerprint of(String operation, Map<String, String> variables, byte[] canonicalBody) {
        ByteArrayOutputStream input = new ByteArrayOutputStream(64 + canonicalBody.length);
        try (DataOutputStream out = new DataOutputStream(input)) {
            part(out, operation.getBytes(StandardCharsets.UTF_8));
            out.writeInt(variables.size());
            for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
                part(out, variable.getKey().getBytes(StandardCharsets.UTF_8));
                part(out, variable.getValue().getBytes(StandardCharsets.UTF_8));
            }
            part(out, canonicalBody);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return new Fingerprint(CURRENT_VERSION, digest(input.toByteArray()));
    }

    private static void part(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] digest(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A copy of the 32 bytes. */
    @Override
    public byte[] sha256() {
        return sha256.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && version == that.version && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return "v" + version + ":" + HexFormat.of().formatHex(sha256, 0, 8) + "…";
    }
}
