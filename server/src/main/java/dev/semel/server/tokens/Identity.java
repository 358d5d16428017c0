package dev.semel.server.tokens;

import java.util.Set;

/**
 * Who a credential belongs to. Immutable.
 *
 * @param tenant whose rows may be touched
 * @param user who in that tenant
 * @param roles what is allowed there
 */
public record Identity(String tenant, String user, Set<Role> roles) {
    /** Copies the roles. */
    public Identity {
        roles = Set.copyOf(roles);
    }
}
