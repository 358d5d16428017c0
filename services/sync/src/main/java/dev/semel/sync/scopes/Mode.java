package dev.semel.sync.scopes;

import java.util.Locale;

/** How what is pushed gets to main. */
public enum Mode {
    /** A push is a proposal: it is decided on and published. */
    REVIEWED,
    /** A push is published in its own transaction. */
    DIRECT;

    /** As it is written in requests, answers and rows. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Mode of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
