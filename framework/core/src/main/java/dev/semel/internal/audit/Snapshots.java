package dev.semel.internal.audit;

import dev.semel.TransactionBody;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.Statement;

/** Short transactions that see one state of the log from beginning to end. */
final class Snapshots {
    /**
     * The lock comes before the snapshot, so that no month is detached between it and the look into its partition. A partition
     * that was never analysed looks empty to the planner, which would read it whole for each page.
     */
    private static final String BEGIN = """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
            SET LOCAL enable_seqscan = off;
            SET LOCAL enable_bitmapscan = off;
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
