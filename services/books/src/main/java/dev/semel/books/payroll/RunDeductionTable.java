package dev.semel.books.payroll;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.payroll_run_deductions}. Works in the transaction of its caller. */
public final class RunDeductionTable {
    private static final String KEEP = """
            INSERT INTO semel_books.payroll_run_deductions (tenant_id, run_id, position, name, percent, paid_by)
            SELECT tenant_id, ?, position, name, percent, paid_by FROM semel_books.deductions
            WHERE tenant_id = ?
            """;
    private static final String FIND = """
            SELECT name, paid_by FROM semel_books.payroll_run_deductions
            WHERE tenant_id = ? AND run_id = ?
            ORDER BY position
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public RunDeductionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the tenant's present deductions with the run. */
    void keep(String tenant, UUID run) {
        jdbc.sql(KEEP).params(run, tenant).update();
    }

    List<RunDeduction> find(String tenant, UUID run) {
        return jdbc.sql(FIND)
                .params(tenant, run)
                .query((row, number) -> new RunDeduction(row.getString("name"), PaidBy.of(row.getString("paid_by"))))
                .list();
    }
}
