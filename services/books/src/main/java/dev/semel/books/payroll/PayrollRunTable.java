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
import org.jspecify.annotations.Nullable;
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
            ON CONFLICT (tenant_id, period, currency) WHERE reversal_id IS NULL DO NOTHING
            """;
    private static final String SELECT = """
            SELECT r.id, r.period, r.currency, r.payslip_count, r.gross, r.deducted, r.contributed, r.net, r.created_at,
                   p.reversed_at, p.reversal_reason
            FROM semel_books.payroll_runs r
            JOIN semel_books.payroll_periods p ON p.tenant_id = r.tenant_id AND p.run_id = r.id
            WHERE r.tenant_id = ?
            """;
    private static final String FIND = SELECT + "AND r.id = ?\n";
    private static final String LOCK = FIND + "FOR UPDATE OF p";
    private static final String FIND_REVERSED = SELECT + "AND p.reversal_id = ?";
    private static final String REVERSE = """
            UPDATE semel_books.payroll_periods
            SET reversal_id = ?, reversed_at = clock_timestamp(), reversal_reason = ?
            WHERE tenant_id = ? AND run_id = ? AND reversal_id IS NULL
            """;
    private static final String PAGE = SELECT + """
            AND (r.created_at, r.id) > (?, ?)
            ORDER BY r.created_at, r.id
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

    /** The run, which nobody else reverses before this transaction ends. */
    Optional<RunSummary> lock(String tenant, UUID id) {
        return jdbc.sql(LOCK).params(tenant, id).query(PayrollRunTable::row).optional();
    }

    /** The tenant's run that this write reversed. */
    public Optional<RunSummary> findReversed(String tenant, UUID reversal) {
        return jdbc.sql(FIND_REVERSED)
                .params(tenant, reversal)
                .query(PayrollRunTable::row)
                .optional();
    }

    /** Marks a locked run that stands, and frees its month. */
    RunSummary reverse(String tenant, UUID id, UUID reversal, @Nullable String reason) {
        jdbc.sql(REVERSE).param(reversal).param(reason).params(tenant, id).update();
        return find(tenant, id).orElseThrow();
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
        OffsetDateTime reversedAt = row.getObject("reversed_at", OffsetDateTime.class);
        return new RunSummary(
                row.getObject("id", UUID.class),
                row.getString("period"),
                currency.getCurrencyCode(),
                reversedAt == null ? RunSummary.EXECUTED : RunSummary.REVERSED,
                new Money(row.getBigDecimal("gross"), currency).text(),
                new Money(row.getBigDecimal("deducted"), currency).text(),
                new Money(row.getBigDecimal("contributed"), currency).text(),
                new Money(row.getBigDecimal("net"), currency).text(),
                row.getInt("payslip_count"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                reversedAt == null ? null : reversedAt.toInstant(),
                row.getString("reversal_reason"));
    }
}
