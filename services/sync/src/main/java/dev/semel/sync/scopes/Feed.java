package dev.semel.sync.scopes;

import java.util.Locale;

/** What is numbered in a scope. */
public enum Feed {
    /** Changes of files on main. */
    MAIN,
    /** What happens to changesets. */
    REVIEW;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
