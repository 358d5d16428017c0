package dev.semel.server.security;

import dev.semel.Semel;
import dev.semel.books.access.AccessGrantTable;
import dev.semel.server.tokens.Identity;
import dev.semel.server.tokens.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Adds what a user was granted to what an OpenID provider says: a query per request. Semel's own tokens need none, their look-up
 * finds the grants as well. Thread-safe.
 */
final class GrantedRoles {
    private final Semel semel;
    private final AccessGrantTable grants;

    GrantedRoles(Semel semel, AccessGrantTable grants) {
        this.semel = semel;
        this.grants = grants;
    }

    /** @throws dev.semel.UnavailableException if the database does not answer */
    Identity addTo(Identity identity) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(identity.roles());
        semel.read(identity.tenant(), connection -> grants.roles(identity.tenant(), identity.user())).stream()
                .map(Role::of)
                .flatMap(Optional::stream)
                .forEach(roles::add);
        return new Identity(identity.tenant(), identity.user(), roles);
    }
}
