package dev.semel.books.payroll;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.spring.web.NumberPosition;
import dev.semel.spring.web.Page;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.payslips}. Works in the transaction of its caller. */
public final class PayslipTable {
    // All payslips, however many, and the run's totals in one statement: no employee is read into memory.
    // Each deduction is rounded half up to the currency's digits by itself, once: a division would round before.
    // Those of an employee never exceed the salary together.
    private static final String PAY = """
            WITH slip AS (
                INSERT INTO semel_books.payslips
                    (tenant_id, run_id, slip_no, employee_id, gross, deducted, contributed, amounts)
                SELECT e.tenant_id, ?::uuid, row_number() OVER (ORDER BY e.created_at, e.id), e.id, e.salary_amount,
                       sums.deducted, sums.contributed, sums.amounts
                FROM semel_books.employees e
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(amount) FILTER (WHERE paid_by = 'employee'), 0) AS deducted,
                           coalesce(sum(amount) FILTER (WHERE paid_by = 'employer'), 0) AS contributed,
                           coalesce(array_agg(amount ORDER BY position), '{}') AS amounts
                    FROM (
                        SELECT position, paid_by,
                               CASE paid_by WHEN 'employer' THEN rounded
                                            ELSE least(rounded, greatest(e.salary_amount - (running - rounded), 0)) END
                                   AS amount
                        FROM (
                            SELECT position, paid_by, rounded,
                                   sum(rounded) OVER (PARTITION BY paid_by ORDER BY position) AS running
                            FROM (
                                SELECT d.position, d.paid_by,
                                       round(e.salary_amount * d.percent * 0.01, ?::integer) AS rounded
                                FROM semel_books.payroll_run_deductions d
                                WHERE d.tenant_id = ? AND d.run_id = ?
                            ) AS each
                        ) AS summed
                    ) AS capped
                ) AS sums
                WHERE e.tenant_id = ? AND e.salary_currency = ? AND e.left_at IS NULL
                RETURNING gross, deducted, contributed
            )
            UPDATE semel_books.payroll_runs AS run
            SET payslip_count = sums.payslips, gross = sums.gross,
                deducted = sums.deducted, contributed = sums.contributed
            FROM (
                SELECT count(*) AS payslips, coalesce(sum(gross), 0) AS gross,
                       coalesce(sum(deducted), 0) AS deducted, coalesce(sum(contributed), 0) AS contributed
                FROM slip
            ) AS sums
            WHERE run.tenant_id = ? AND run.id = ?
            RETURNING run.id, run.period, run.currency, run.payslip_count, run.gross, run.deducted, run.contributed,
                      run.net, run.created_at, NULL::timestamptz AS reversed_at, NULL::text AS reversal_reason
            """;
    private static final String PAGE = """
            SELECT slip_no, employee_id, gross, deducted, contributed, net, amounts FROM semel_books.payslips
            WHERE tenant_id = ? AND run_id = ? AND slip_no > ?
            ORDER BY slip_no
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public PayslipTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Pays every active employee who earns in the currency, and gives the run its totals. */
    RunSummary pay(String tenant, UUID run, String currency) {
        int digits = Currencies.require(currency).getDefaultFractionDigits();
        return jdbc.sql(PAY)
                .params(run, digits, tenant, run)
                .params(tenant, currency)
                .params(tenant, run)
                .query(PayrollRunTable::row)
                .single();
    }

    /**
     * The run's payslips behind a position.
     *
     * @param deductions the run's
     */
    Page<Payslip> page(String tenant, RunSummary run, List<RunDeduction> deductions, NumberPosition after, int limit) {
        Currency currency = Currencies.require(run.currency());
        List<Payslip> found = jdbc.sql(PAGE)
                .params(tenant, run.id(), after.number(), limit + 1)
                .query((row, number) -> payslip(row, currency, deductions))
                .list();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<Payslip> items = found.subList(0, limit);
        return new Page<>(items, new NumberPosition(items.get(limit - 1).slipNo()).cursor());
    }

    private static Payslip payslip(ResultSet row, Currency currency, List<RunDeduction> deductions)
            throws SQLException {
        return new Payslip(
                row.getLong("slip_no"),
                row.getObject("employee_id", UUID.class),
                new Money(row.getBigDecimal("gross"), currency).text(),
                new Money(row.getBigDecimal("deducted"), currency).text(),
                new Money(row.getBigDecimal("contributed"), currency).text(),
                new Money(row.getBigDecimal("net"), currency).text(),
                lines(deductions, (BigDecimal[]) row.getArray("amounts").getArray(), currency));
    }

    private static List<Payslip.Line> lines(List<RunDeduction> deductions, BigDecimal[] amounts, Currency currency) {
        List<Payslip.Line> lines = new ArrayList<>();
        for (int i = 0; i < amounts.length; i++) {
            RunDeduction deduction = deductions.get(i);
            lines.add(new Payslip.Line(deduction.name(), deduction.paidBy(), new Money(amounts[i], currency).text()));
        }
        return lines;
    }
}
