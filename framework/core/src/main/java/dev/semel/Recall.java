package dev.semel;

import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds what an earlier execution made, after its stored response is gone. Every {@link Risk#FINANCIAL} operation has one, so
 * that a retry that comes after the key has expired is answered from the created row and never executed again.
 *
 * @param <R> the operation's result type
 */
@FunctionalInterface
public interface Recall<R> {
    /**
     * Looks the row up, inside a transaction whose tenant is set.
     *
     * @param connection belongs to the engine: read with it, do not commit or close it
     * @param tenant whose row
     * @param resultId the primary key that the first execution gave its row
     * @return empty when there is no such row
     * @throws Exception when the look-up fails
     */
    Optional<R> recall(Connection connection, String tenant, UUID resultId) throws Exception;
}
