package dev.semel.server.tokens;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is listed. Immutable.
 *
 * @param id names it, and is no secret
 * @param user who it is for
 * @param roles what it allows
 * @param token the secret: in the answer to its creation only, and never in what is stored
 * @param createdAt when it was made
 * @param revokedAt when it was revoked; absent while it is valid
 */
record Token(
        UUID id,
        String user,
        List<String> roles,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token,

        Instant createdAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant revokedAt) {
    /** Copies the roles. */
    Token {
        roles = List.copyOf(roles);
    }
}
