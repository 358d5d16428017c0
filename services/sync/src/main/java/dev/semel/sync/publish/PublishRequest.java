package dev.semel.sync.publish;

import dev.semel.documents.content.ContentHash;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to bring what was accepted to main.
 *
 * @param targetBranch {@code main}, as without it
 * @param expectedRevision the revision that is meant
 * @param decisionsHash the decisions that are meant
 * @param mode {@code partial}, as without it: files in conflict stay behind; or {@code atomic}: all or none
 * @param onlyDecided whether files may stay behind that nobody has decided on
 * @param validateOnly whether nothing is to be written
 */
public record PublishRequest(
        @Nullable @Pattern(regexp = "main", message = "must be main")
        String targetBranch,

        @Min(1) int expectedRevision,

        @NotNull @Pattern(regexp = ContentHash.SHAPE, message = ContentHash.MESSAGE)
        String decisionsHash,

        @Nullable @Pattern(regexp = "partial|atomic", message = "must be partial or atomic")
        String mode,

        @Nullable Boolean onlyDecided,
        @Nullable Boolean validateOnly) {
    boolean isAtomic() {
        return "atomic".equals(mode);
    }

    boolean takesOnlyDecided() {
        return Boolean.TRUE.equals(onlyDecided);
    }

    boolean onlyValidates() {
        return Boolean.TRUE.equals(validateOnly);
    }

    /** What else than revision and decisions a report depends on. */
    String options() {
        return (isAtomic() ? "atomic" : "partial") + (takesOnlyDecided() ? " decided" : "");
    }
}
