package dev.semel.server.tokens;

import dev.semel.server.options.Secret;
import java.nio.file.Path;

/**
 * The token that the first start makes. Immutable.
 *
 * @param owner who it is for
 * @param token the token itself
 * @param file where it was left
 */
public record AdminToken(Identity owner, Secret token, Path file) {
    /** What the operator is told, once. */
    public String announcement() {
        return "Admin token of tenant %s (shown once; also in %s): %s".formatted(owner.tenant(), file, token.value());
    }
}
