package dev.semel.maintenance;

import dev.semel.TransactionBody;
import dev.semel.Transactions;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Transactions in the role {@code semel_maintenance}: it sees all tenants in Semel's own tables, and of a service's
 * tables what their migrations show it.
 * Thread-safe.
 */
public final class MaintenanceTransactions {
    private final Transactions transactions;

    private MaintenanceTransactions(Transactions transactions) {
        this.transactions = transactions;
    }

    /** @param dataSource logs in as a member of {@code semel_maintenance}; four connections are enough */
    public static MaintenanceTransactions of(DataSource dataSource) {
        return new MaintenanceTransactions(Transactions.of(dataSource));
    }

    /**
     * Runs the body in a new transaction.
     *
     * @throws Exception what the body or the database threw
     */
    public <T> T run(TransactionBody<T> body) throws Exception {
        return transactions.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL ROLE semel_maintenance");
            }
            return body.run(connection);
        });
    }
}
