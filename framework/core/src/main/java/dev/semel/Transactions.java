package dev.semel;

import dev.semel.internal.JdbcTransactions;
import dev.semel.internal.TenantSetting;
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
     * As {@link #run(TransactionBody)}, with the tenant set for row-level security. For rows that accompany writes and are none: what is
     * done here has no key, is not audited and emits nothing. Costs a round trip.
     *
     * @throws Exception as {@link #run(TransactionBody)}
     */
    default <T> T run(String tenant, TransactionBody<T> body) throws Exception {
        return run(connection -> {
            TenantSetting.set(connection, tenant);
            return body.run(connection);
        });
    }

    /**
     * Whether the work of several calls may be done in one transaction, each undone by itself with a savepoint. Default: yes.
     *
     * @return false if more belongs to a transaction than its connection, as a persistence context does: then no operation may be
     *     {@linkplain Operation.Builder#coalesced coalesced}
     */
    default boolean mayBeShared() {
        return true;
    }

    /**
     * Asked in the thread of a call before another thread may do its work.
     *
     * @throws ReentryException as {@link #run(TransactionBody)}
     */
    default void requireNone() {}

    /**
     * Asked inside {@link #run(TransactionBody)}, in its thread, after one of several calls in a shared transaction.
     *
     * @param undone whether what the call did is rolled back to the savepoint before it, and the transaction goes on without
     * @return false if that call must not be committed; with {@code undone}, if all of them must not
     */
    default boolean mayGoOn(boolean undone) {
        return true;
    }

    /**
     * Asked inside {@link #run(TransactionBody)}, in its thread, before the engine's last statements.
     *
     * @return false if something has still to happen between those statements and the commit, which then costs a round trip
     *     of its own
     * @throws Exception to have everything rolled back
     */
    default boolean mayCommitWithLastStatements() throws Exception {
        return true;
    }
}
