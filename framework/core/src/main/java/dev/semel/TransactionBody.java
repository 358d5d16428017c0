package dev.semel;

import java.sql.Connection;

/** Work inside a transaction. */
@FunctionalInterface
public interface TransactionBody<T> {
    /**
     * Does the work. The connection's transaction belongs to whoever calls this.
     *
     * @throws Exception to have everything rolled back
     */
    T run(Connection connection) throws Exception;
}
