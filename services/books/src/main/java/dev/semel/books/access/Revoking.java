package dev.semel.books.access;

import dev.semel.Write;
import dev.semel.spring.web.PathIds;

/** Revokes a grant, from the next request on. The first revocation counts. */
public final class Revoking {
    /** Emitted with the {@link AccessGrant} that was revoked. */
    public static final String EVENT = "access.revoked";

    private final AccessGrantTable grants;

    /** Writes into that table. */
    public Revoking(AccessGrantTable grants) {
        this.grants = grants;
    }

    /**
     * The body of the write.
     *
     * @param id the grant's, as the path has it
     * @throws dev.semel.RejectedException if there is no such grant
     */
    public AccessGrant handle(String id, Write<RevokeAccess> write) {
        AccessGrant revoked = grants.revoke(write.tenant(), PathIds.parse(id, "access grant"))
                .orElseThrow(() -> PathIds.notFound("access grant"));
        write.emit(EVENT, "access:" + revoked.id(), revoked);
        return revoked;
    }
}
