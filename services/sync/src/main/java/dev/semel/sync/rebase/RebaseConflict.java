package dev.semel.sync.rebase;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.semel.sync.merge.Hunk;
import java.util.List;

/**
 * Why a file cannot be rebased by itself. Immutable.
 *
 * @param status {@code base_changed}, {@code base_deleted}, {@code delete_of_changed}, {@code path_changed}, {@code base_unknown} or {@code too_complex}
 * @param hunks lines that were changed on both sides; empty where that is not it
 */
public record RebaseConflict(
        String fileId,
        String status,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HunkLines> hunks) {
    /** Copies the hunks. */
    public RebaseConflict {
        hunks = List.copyOf(hunks);
    }

    /**
     * Lines in conflict.
     *
     * @param key of the front matter; empty in the text
     * @param base first line and number of lines, and so on
     */
    public record HunkLines(String key, List<Integer> base, List<Integer> main, List<Integer> incoming) {
        static HunkLines of(Hunk hunk) {
            return new HunkLines(
                    hunk.key().orElse(""),
                    List.of(hunk.base().first(), hunk.base().count()),
                    List.of(hunk.main().first(), hunk.main().count()),
                    List.of(hunk.incoming().first(), hunk.incoming().count()));
        }
    }

    static RebaseConflict of(String fileId, String status) {
        return new RebaseConflict(fileId, status, List.of());
    }
}
