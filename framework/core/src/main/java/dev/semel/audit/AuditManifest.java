package dev.semel.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written beside an exported month's rows. Immutable. Hashes are SHA-256 in lower-case hex.
 *
 * @param version of the format, and of the digests
 * @param month as {@code 2026-01}, in UTC
 * @param rows how many
 * @param firstId null if there are none
 * @param lastId null if there are none
 * @param start what the first seal stands on
 * @param head of the chain; {@code start} if there are no seals
 * @param file the rows' file, beside the manifest
 * @param sha256 of that file
 * @param seals in order
 */
public record AuditManifest(
        int version,
        String month,
        long rows,
        @Nullable Long firstId,
        @Nullable Long lastId,
        String start,
        String head,
        String file,
        String sha256,
        List<Seal> seals) {
    /** The version that is written now. */
    public static final int CURRENT_VERSION = 1;

    /** Copies the list. */
    public AuditManifest {
        seals = List.copyOf(seals);
    }

    /**
     * A link of the chain.
     *
     * @param number from 1
     * @param rows how many lines of the file it covers
     * @param hash over those lines' digests and the hash before
     */
    public record Seal(int number, int rows, String hash) {}
}
