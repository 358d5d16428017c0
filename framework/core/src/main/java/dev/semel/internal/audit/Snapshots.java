package dev.semel.internal.audit;

import dev.semel.TransactionBody;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.Statement;

/** Transactions that see one state of the log from beginning to end. */
final class Snapshots {
    /** Before the snapshot is taken, so that no month is detached between it and the look into its partition. */
    private static final String BEGIN = """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
            /* all tenants: a table */ LOCK TABLE ONLY semel.idempotent_write_audit_log IN ACCESS SHARE MODE""";

    private Snapshots() {}

    static <T> T read(MaintenanceTransactions maintenance, TransactionBody<T> body) throws Exception {
        return maintenance.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(BEGIN);
            }
            return body.run(connection);
        });
    }
}
