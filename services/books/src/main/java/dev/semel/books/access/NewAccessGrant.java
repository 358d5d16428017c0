package dev.semel.books.access;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A role to be granted.
 *
 * @param userId 1 to 255 visible ASCII characters, as credentials name the user
 * @param role one of those that credentials have
 */
public record NewAccessGrant(
        @NotNull @Pattern(regexp = "[!-~]{1,255}", message = "must be 1 to 255 visible ASCII characters")
        String userId,

        @NotNull @Pattern(regexp = ROLES, message = "must be one of " + ROLES)
        String role) {
    /** The roles that can be granted, separated by bars. */
    public static final String ROLES = "admin|accountant|writer|reviewer|publisher|operator|reader";
}
