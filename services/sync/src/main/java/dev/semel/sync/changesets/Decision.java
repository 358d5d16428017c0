package dev.semel.sync.changesets;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A reviewer's word on one file. */
public enum Decision {
    /** It is to be published as it was pushed. */
    ACCEPT,
    /** It is not to be published. */
    REJECT,
    /** It is to be published with another content. */
    AMEND;

    /** As it is written in requests, answers and rows. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Decision ofNullable(@Nullable String text) {
        return text == null ? null : valueOf(text.toUpperCase(Locale.ROOT));
    }
}
