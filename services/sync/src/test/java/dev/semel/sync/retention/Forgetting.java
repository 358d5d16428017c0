package dev.semel.sync.retention;

import dev.semel.Transactions;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What only this package makes. */
public final class Forgetting {
    private Forgetting() {}

    /** Forgets for these tenants, so many rows at a time. */
    public static ForgetChanges inBatches(Transactions transactions, JdbcClient jdbc, List<String> tenants, int rows) {
        return new ForgetChanges(transactions, () -> tenants, new ForgettingTable(jdbc), rows);
    }
}
