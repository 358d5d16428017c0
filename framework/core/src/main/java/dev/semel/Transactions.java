package dev.semel;

import dev.semel.internal.JdbcTransactions;
import javax.sql.DataSource;

/**
 * Opens transactions. The seam between the engine and whatever manages connections. Thread-safe.
 *
 * <p>If it {@linkplain #mayCommitWithLastStatements may}, the engine ends a writing transaction with a COMMIT that travels with
 * its last statements; the commit that an implementation sends afterwards then finds no transaction open and must not fail
 * for it. (PostgreSQL's driver sends nothing in that case.)
 */
public interface Transactions {
    /** Plain JDBC: each transaction takes one connection from the data source and gives it back. */
    static Transactions of(DataSource dataSource) {
        return new JdbcTransactions(dataSource);
    }

    /**
     * Runs the body in a new READ COMMITTED transaction on a connection of its own; commits when it returns, rolls back when
     * it throws.
     *
     * @throws ReentryException if the thread is inside a transaction already and the implementation can tell
     * @throws Exception what the body threw, unchanged, or what the connection's source threw
     */
    <T> T run(TransactionBody<T> body) throws Exception;

    /**
     * Asked inside {@link #run}, in its thread, before the engine's last statements.
     *
     * @return false if something has still to happen between those statements and the commit, which then costs a round trip
     *     of its own
     * @throws Exception to have everything rolled back
     */
    default boolean mayCommitWithLastStatements() throws Exception {
        return true;
    }
}
