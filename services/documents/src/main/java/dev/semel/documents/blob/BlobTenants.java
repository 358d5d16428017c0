package dev.semel.documents.blob;

import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Who has blobs: one look into an index for each tenant. Thread-safe. */
final class BlobTenants {
    private static final String NEXT = """
            /* all tenants: goes from one to the next */
            SELECT tenant_id FROM semel_documents.blobs WHERE tenant_id > ? ORDER BY tenant_id LIMIT 1""";

    private final MaintenanceTransactions transactions;

    BlobTenants(MaintenanceTransactions transactions) {
        this.transactions = transactions;
    }

    /** The first one is after the empty text. */
    Optional<String> next(String after) throws Exception {
        return transactions.run(connection -> next(connection, after));
    }

    private static Optional<String> next(Connection connection, String after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setString(1, after);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
