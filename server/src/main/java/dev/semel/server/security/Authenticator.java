package dev.semel.server.security;

import dev.semel.server.tokens.Identity;
import java.util.Optional;

/** Tells whose bearer token this is. Thread-safe. */
@FunctionalInterface
interface Authenticator {
    /**
     * Whose it is.
     *
     * @return empty if it is not valid
     * @throws dev.semel.UnavailableException if that cannot be found out now
     */
    Optional<Identity> authenticate(String token);
}
