package dev.semel.sync.rebase;

import dev.semel.sync.push.PushRequest;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to take back what a changeset has done; its path says which.
 *
 * @param message of the new changeset
 */
public record RevertChangeset(
        @Nullable @Pattern(regexp = PushRequest.MESSAGE, message = "must have up to 2000 characters")
        String message) {}
