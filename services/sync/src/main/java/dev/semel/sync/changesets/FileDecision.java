package dev.semel.sync.changesets;

import dev.semel.sync.text.FileId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A word on one file.
 *
 * @param fileId of the changeset's latest revision
 * @param action {@code accept}, {@code reject}, {@code amend} or {@code clear}, which takes an earlier word back
 * @param content the text that takes the place of the pushed one, to amend
 * @param reason why; required to reject
 */
public record FileDecision(
        @NotNull @Pattern(regexp = FileId.SHAPE, message = FileId.MESSAGE)
        String fileId,

        @NotNull @Pattern(regexp = "accept|reject|amend|clear", message = "must be accept, reject, amend or clear")
        String action,

        @Nullable String content,

        @Nullable @Pattern(regexp = "[^\\x00\\p{Cs}]{1,2000}", message = "must have 1 to 2000 characters")
        String reason) {
    /** Without reasons and contents. */
    @Override
    public String toString() {
        return "FileDecision[" + fileId + " " + action + "]";
    }
}
