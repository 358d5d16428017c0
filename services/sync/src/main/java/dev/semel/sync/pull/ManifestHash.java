package dev.semel.sync.pull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash over all lines of a manifest: two of them are equal if all files are. Not thread-safe. */
final class ManifestHash {
    private final MessageDigest digest;

    ManifestHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(ManifestEntry entry) {
        digest.update(entry.line().getBytes(StandardCharsets.UTF_8));
    }

    /** Ends it. */
    String value() {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
