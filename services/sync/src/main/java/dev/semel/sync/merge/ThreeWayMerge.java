package dev.semel.sync.merge;

import dev.semel.sync.merge.Merged.Source;
import dev.semel.sync.text.ContentBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Merges what came in with main. Front matter, if all three have it in a form that is understood or not at all, is merged key by key:
 * different keys never conflict, and a key whose lines were changed on both sides does. All else is merged by lines: edits that touch
 * or overlap conflict unless they are the same. Whether a merge is clean does not depend on which side is called main.
 */
public final class ThreeWayMerge {
    /** Most lines of a file that is merged. */
    public static final int MAX_LINES = 200_000;

    /** Most comparisons of lines; they bound the time to a fraction of a second. */
    static final int MAX_COMPARISONS = 20_000_000;

    private ThreeWayMerge() {}

    /**
     * Merges three contents. Takes at most the time to read them, and {@link Merged.TooComplex} beyond its bounds; contents of which two
     * are equal are never too complex.
     */
    public static Merged merge(ContentBytes base, ContentBytes main, ContentBytes incoming) {
        if (main.equals(incoming) || incoming.equals(base)) {
            return new Merged.Clean(main, Source.MAIN);
        }
        if (main.equals(base)) {
            return new Merged.Clean(incoming, Source.INCOMING);
        }
        Three<String> texts = new Three<>(base, main, incoming).map(ContentBytes::text);
        Three<Boolean> tooLong =
                texts.map(text -> text.chars().filter(c -> c == '\n').count() >= MAX_LINES);
        if (tooLong.base() || tooLong.main() || tooLong.incoming()) {
            return new Merged.TooComplex();
        }
        try {
            return merge(files(texts));
        } catch (BudgetSpentException e) {
            return new Merged.TooComplex();
        }
    }

    private static Three<MarkdownFile> files(Three<String> texts) {
        Three<Optional<MarkdownFile>> read = texts.map(MarkdownFile::read);
        boolean understood = read.base().isPresent()
                && read.main().isPresent()
                && read.incoming().isPresent();
        return understood ? read.map(Optional::get) : texts.map(MarkdownFile::plain);
    }

    private static Merged merge(Three<MarkdownFile> files) {
        List<Hunk> hunks = new ArrayList<>();
        String front = new FrontMatterMerge(files.map(MarkdownFile::front), hunks).merge();
        String body = new BodyMerge(files, hunks).merge();
        return hunks.isEmpty() ? new Merged.Clean(content(front, body), Source.BOTH) : new Merged.Conflicted(hunks);
    }

    private static ContentBytes content(String front, String body) {
        // A fence at the end of a file may have been the last line's.
        boolean glued = !front.isEmpty() && !front.endsWith("\n") && !body.isEmpty();
        return ContentBytes.ofText(glued ? front + "\n" + body : front + body)
                .orElseThrow(refusal -> new IllegalStateException("lines of valid texts: " + refusal.rule()));
    }
}
