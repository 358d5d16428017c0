package dev.semel.sync.scopes;

import java.time.Instant;
import java.util.UUID;

/**
 * A space of files. Immutable.
 *
 * @param scope its name, unique in the tenant
 * @param mode {@code reviewed} or {@code direct}
 * @param separationOfDuties whether nobody may decide on what he has pushed himself
 */
public record Scope(UUID id, String scope, String mode, boolean separationOfDuties, Instant createdAt) {
    /** What a name looks like, as a pattern for members of payloads. */
    public static final String SHAPE = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    /** The message for {@link #SHAPE}. */
    public static final String MESSAGE = "must be 1 to 64 letters, digits, dots, hyphens and underscores";

    /** Whether a push is a proposal here. */
    public boolean isReviewed() {
        return Mode.of(mode) == Mode.REVIEWED;
    }
}
