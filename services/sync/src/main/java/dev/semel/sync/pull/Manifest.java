package dev.semel.sync.pull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what main has. Immutable.
 *
 * @param head the number of the change that it is about, on all pages
 * @param hash over all files of all pages: SHA-256 of their lines {@code fileId TAB version TAB contentHash TAB serverPath LF}
 * @param pullCursor where to go on to pull, for who has all of it
 * @param nextCursor where to go on with the manifest; null at its end
 */
public record Manifest(
        String scope,
        long head,
        String hash,
        List<ManifestEntry> items,
        String pullCursor,
        @Nullable String nextCursor) {
    /** Copies the items. */
    public Manifest {
        items = List.copyOf(items);
    }
}
