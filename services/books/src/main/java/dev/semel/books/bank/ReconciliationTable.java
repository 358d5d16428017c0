package dev.semel.books.bank;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code semel_books.reconciliations}: which payment or refund explains which bank transaction, and which did. Works in the
 * transaction of its caller.
 */
public final class ReconciliationTable {
    // Three unique indexes say that neither is explained twice; whoever comes second waits for the first one's commit.
    private static final String INSERT = """
            INSERT INTO semel_books.reconciliations (tenant_id, id, bank_transaction_id, payment_id, refund_id)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """;
    private static final String REVERSE = """
            UPDATE semel_books.reconciliations SET reversal_id = ?
            WHERE tenant_id = ? AND bank_transaction_id = ? AND reversal_id IS NULL
            """;
    private static final String TRANSACTION_OF = """
            SELECT bank_transaction_id FROM semel_books.reconciliations
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String TRANSACTION_OF_REVERSAL = """
            SELECT bank_transaction_id FROM semel_books.reconciliations
            WHERE tenant_id = ? AND reversal_id = ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ReconciliationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether it could be inserted: neither of the two is explained already, nor does this id exist. */
    boolean insert(String tenant, UUID id, UUID transaction, NewReconciliation explained) {
        return jdbc.sql(INSERT)
                        .params(tenant, id, transaction)
                        .param(explained.paymentId())
                        .param(explained.refundId())
                        .update()
                == 1;
    }

    /** Whether there was something to reverse. */
    boolean reverse(String tenant, UUID transaction, UUID reversal) {
        return jdbc.sql(REVERSE).params(reversal, tenant, transaction).update() == 1;
    }

    /** The bank transaction that this write reconciled. */
    public Optional<UUID> transactionOf(String tenant, UUID id) {
        return jdbc.sql(TRANSACTION_OF).params(tenant, id).query(UUID.class).optional();
    }

    /** The bank transaction that this write unreconciled. */
    public Optional<UUID> transactionOfReversal(String tenant, UUID id) {
        return jdbc.sql(TRANSACTION_OF_REVERSAL)
                .params(tenant, id)
                .query(UUID.class)
                .optional();
    }
}
