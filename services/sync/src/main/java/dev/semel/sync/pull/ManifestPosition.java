package dev.semel.sync.pull;

import dev.semel.spring.web.Cursors;
import dev.semel.sync.text.FileId;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A position in a manifest, which stays the one of its first page. Immutable.
 *
 * @param head the number of the change that it is about
 * @param hash over all
 * @param pullCursor of the first page
 * @param fileId the last file of the page before
 */
record ManifestPosition(long head, String hash, String pullCursor, String fileId) {
    private static final Pattern SHAPE =
            Pattern.compile("m([0-9]{1,18})/(sha256:[0-9a-f]{64})/([A-Za-z0-9_-]{1,200})/(" + FileId.SHAPE + ")");

    /** @throws dev.semel.InvalidPayloadException if it is no cursor of a manifest */
    static ManifestPosition of(String cursor) {
        MatchResult parts = Cursors.decode(cursor, SHAPE);
        return new ManifestPosition(Long.parseLong(parts.group(1)), parts.group(2), parts.group(3), parts.group(4));
    }

    String cursor() {
        return Cursors.encode("m" + head + "/" + hash + "/" + pullCursor + "/" + fileId);
    }
}
