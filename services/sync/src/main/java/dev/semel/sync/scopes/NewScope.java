package dev.semel.sync.scopes;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A scope to be created.
 *
 * @param scope its name
 * @param mode {@code reviewed} or {@code direct}
 * @param separationOfDuties without it false
 */
public record NewScope(
        @NotNull @Pattern(regexp = Scope.SHAPE, message = Scope.MESSAGE)
        String scope,

        @NotNull @Pattern(regexp = "reviewed|direct", message = "must be reviewed or direct")
        String mode,

        @Nullable Boolean separationOfDuties) {}
