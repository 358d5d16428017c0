package dev.semel.sync.merge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.diff.MyersDiff;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;

/** Merges what follows the front matter, by lines. */
final class BodyMerge {
    private static final int BASE = 0;
    private static final int MAIN = 1;

    private final Three<MarkdownFile> files;
    private final List<Hunk> hunks;
    private LineRange base = new LineRange(1, 0);
    private LineRange main = new LineRange(1, 0);

    /** Adds what is in conflict to the hunks. */
    BodyMerge(Three<MarkdownFile> files, List<Hunk> hunks) {
        this.files = files;
        this.hunks = hunks;
    }

    /** The merged text, which is of no use if there was a conflict. */
    String merge() {
        Optional<String> undisputed = files.map(MarkdownFile::body).undisputed();
        return undisputed.isPresent() ? undisputed.get() : byLines();
    }

    private String byLines() {
        Map<String, Integer> known = new HashMap<>();
        Three<Lines> lines = files.map(file -> Lines.of(file.body(), known));
        StringBuilder text = new StringBuilder();
        for (MergeChunk chunk : new MergeAlgorithm(MyersDiff.INSTANCE)
                .merge(
                        new LineComparator(ThreeWayMerge.MAX_COMPARISONS),
                        lines.base(),
                        lines.main(),
                        lines.incoming())) {
            switch (chunk.getConflictState()) {
                case NO_CONFLICT -> text.append(side(lines, chunk).text(chunk.getBegin(), chunk.getEnd()));
                case FIRST_CONFLICTING_RANGE -> main = range(files.main(), chunk);
                case BASE_CONFLICTING_RANGE -> base = range(files.base(), chunk);
                case NEXT_CONFLICTING_RANGE ->
                    hunks.add(new Hunk(Optional.empty(), base, main, range(files.incoming(), chunk)));
            }
        }
        return text.toString();
    }

    private static Lines side(Three<Lines> lines, MergeChunk chunk) {
        return switch (chunk.getSequenceIndex()) {
            case BASE -> lines.base();
            case MAIN -> lines.main();
            default -> lines.incoming();
        };
    }

    private static LineRange range(MarkdownFile file, MergeChunk chunk) {
        // Where both sides added the same lines around the conflict, the library takes as many from the base, which may
        // have less.
        int count = Math.max(0, chunk.getEnd() - chunk.getBegin());
        int begin = count > 0 ? chunk.getBegin() : Math.max(0, Math.min(chunk.getBegin(), chunk.getEnd()));
        return new LineRange(file.front().lineCount() + begin + 1, count);
    }
}
