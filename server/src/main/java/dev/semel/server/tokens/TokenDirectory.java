package dev.semel.server.tokens;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** Finds whose tokens these are. */
@FunctionalInterface
interface TokenDirectory {
    /**
     * Looks all of them up at once.
     *
     * @return the owners of those that exist and are not revoked
     * @throws SQLException if the database does not answer
     */
    Map<TokenHash, Identity> find(Set<TokenHash> hashes) throws SQLException;
}
