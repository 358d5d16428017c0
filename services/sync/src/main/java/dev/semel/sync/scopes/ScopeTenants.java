package dev.semel.sync.scopes;

import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** Which tenants have scopes; sees nothing else of them. Thread-safe. */
public final class ScopeTenants {
    private static final String ALL = """
            /* all tenants: goes from one to the next */
            SELECT DISTINCT tenant_id FROM semel_sync.scopes ORDER BY tenant_id""";

    private final MaintenanceTransactions transactions;

    /** In transactions of the maintenance role. */
    public ScopeTenants(MaintenanceTransactions transactions) {
        this.transactions = transactions;
    }

    /** @throws Exception if the database fails */
    public List<String> all() throws Exception {
        return transactions.run(connection -> {
            List<String> tenants = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(ALL);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tenants.add(row.getString(1));
                }
            }
            return tenants;
        });
    }
}
