package dev.semel.books.payroll;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code semel_books.payroll_runs} and {@code payroll_periods}, in which a run claims its month. Works in the
 * transaction of its caller.
 */
public final class PayrollRunTable {
    // The run has no ON CONFLICT: one that was executed under this very id is a collision for the engine to see, not a
    // month that somebody else has paid. Another run for the month is waited for.
    private static final String CLAIM = """
            WITH run AS (
                INSERT INTO semel_books.payroll_runs (tenant_id, id, period, currency)
                VALUES (?, ?, ?, ?)
                RETURNING tenant_id, id, period, currency
            )
            INSERT INTO semel_books.payroll_periods (tenant_id, run_id, period, currency)
            SELECT tenant_id, id, period, currency FROM run
            ON CONFLICT (tenant_id, period, currency) DO NOTHING
            """;
    private static final String FIND = """
            SELECT id, period, currency, payslip_count, gross, deducted, contributed, net, created_at
            FROM semel_books.payroll_runs
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String PAGE = """
            SELECT id, period, currency, payslip_count, gross, deducted, contributed, net, created_at
            FROM semel_books.payroll_runs
            WHERE tenant_id = ? AND (created_at, id) > (?, ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public PayrollRunTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts a run without payslips; false if another one has paid the month. */
    boolean claim(String tenant, UUID id, NewPayrollRun run) {
        return jdbc.sql(CLAIM).params(tenant, id, run.period(), run.currency()).update() == 1;
    }

    Optional<RunSummary> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(PayrollRunTable::row).optional();
    }

    Page<RunSummary> page(String tenant, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id(), request.fetch())
                        .query(PayrollRunTable::row)
                        .list(),
                request,
                run -> new CreationPosition(run.createdAt(), run.id()).cursor());
    }

    static RunSummary row(ResultSet row, int number) throws SQLException {
        Currency currency = Currencies.require(row.getString("currency"));
        return new RunSummary(
                row.getObject("id", UUID.class),
                row.getString("period"),
                currency.getCurrencyCode(),
                RunSummary.EXECUTED,
                new Money(row.getBigDecimal("gross"), currency).text(),
                new Money(row.getBigDecimal("deducted"), currency).text(),
                new Money(row.getBigDecimal("contributed"), currency).text(),
                new Money(row.getBigDecimal("net"), currency).text(),
                row.getInt("payslip_count"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
