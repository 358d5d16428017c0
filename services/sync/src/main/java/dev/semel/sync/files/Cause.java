package dev.semel.sync.files;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why main changes. Immutable.
 *
 * @param kind by which way
 * @param changeset which changeset, or null for an edit
 */
public record Cause(Kind kind, @Nullable UUID changeset) {
    /** The ways in which main changes. */
    public enum Kind {
        /** A push to a direct scope. */
        PUSH,
        /** A changeset is published. */
        PUBLISH,
        /** Somebody edits or deletes one file. */
        EDIT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
