package dev.semel.books.access;

import dev.semel.Handler;
import dev.semel.Write;

/** Grants a user a role, from the next request on. Granting one that the user has answers the grant in force. */
public final class GrantAccess implements Handler<NewAccessGrant, AccessGrant> {
    /** Emitted with the {@link AccessGrant}. */
    public static final String EVENT = "access.granted";

    private final AccessGrantTable grants;

    /** Writes into that table. */
    public GrantAccess(AccessGrantTable grants) {
        this.grants = grants;
    }

    @Override
    public AccessGrant handle(Write<NewAccessGrant> write) {
        AccessGrant grant = grants.grant(write.tenant(), write.resultId(), write.payload());
        write.emit(EVENT, "access:" + grant.id(), grant);
        return grant;
    }
}
