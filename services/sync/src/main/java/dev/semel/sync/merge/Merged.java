package dev.semel.sync.merge;

import dev.semel.sync.text.ContentBytes;
import java.util.List;

/** What a merge comes to. Immutable. */
public sealed interface Merged {
    /**
     * No line was changed on both sides.
     *
     * @param content with the edits of both
     * @param source whose edits there are
     */
    record Clean(ContentBytes content, Source source) implements Merged {}

    /**
     * Somebody has to decide.
     *
     * @param hunks at least one, those of the front matter first, otherwise in the order of their lines. What lies between them was
     *     changed on one side at most
     */
    record Conflicted(List<Hunk> hunks) implements Merged {
        public Conflicted {
            hunks = List.copyOf(hunks);
        }
    }

    /** Has too many lines, or too many different ones, to be compared in bounded time: somebody has to choose one side or write a third. */
    record TooComplex() implements Merged {}

    /** Whose edits a clean merge holds. */
    enum Source {
        /** Incoming has nothing that main has not. */
        MAIN,
        /** Main has not changed. */
        INCOMING,
        /** Both have changed. */
        BOTH
    }
}
