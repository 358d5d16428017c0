package dev.semel.sync.changesets;

import java.util.Locale;

/** The stored states of a changeset. Whether it is being published, is behind or in conflict is computed. */
public enum State {
    /** Nobody has decided on anything. */
    PROPOSED,
    /** Some files are decided on, or all of an earlier revision's. */
    REVIEWING,
    /** All files are decided on, and at least one is to be published. */
    READY,
    /** All that was to be published is on main. */
    PUBLISHED,
    /** All files are rejected. */
    REJECTED,
    /** Another changeset has taken its place. */
    SUPERSEDED,
    /** Its author has taken it back. */
    WITHDRAWN,
    /** Nobody has touched it for too long. */
    EXPIRED;

    /** As it is written in answers and rows. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing can become of it any more; what is published, another changeset can take back. */
    public boolean isClosed() {
        return this == PUBLISHED || this == SUPERSEDED || this == WITHDRAWN || this == EXPIRED;
    }

    static State of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
