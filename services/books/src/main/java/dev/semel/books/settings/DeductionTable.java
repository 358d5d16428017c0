package dev.semel.books.settings;

import dev.semel.books.money.Decimals;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.deductions}. Works in the transaction of its caller. */
public final class DeductionTable {
    private static final String CLEAR = "DELETE FROM semel_books.deductions WHERE tenant_id = ?";
    private static final String INSERT = """
            INSERT INTO semel_books.deductions (tenant_id, position, name, percent, paid_by)
            SELECT ?, deduction.position, deduction.name, deduction.percent, deduction.paid_by
            FROM unnest(?::text[], ?::numeric[], ?::text[])
                 WITH ORDINALITY AS deduction (name, percent, paid_by, position)
            """;
    private static final String FIND = """
            SELECT name, percent, paid_by FROM semel_books.deductions
            WHERE tenant_id = ?
            ORDER BY position
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public DeductionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void replace(String tenant, List<Deduction> deductions) {
        jdbc.sql(CLEAR).param(tenant).update();
        jdbc.sql(INSERT)
                .param(tenant)
                .param(column(deductions, Deduction::name))
                .param(column(deductions, Deduction::percent))
                .param(column(deductions, Deduction::paidBy))
                .update();
    }

    private static String[] column(List<Deduction> deductions, Function<Deduction, String> value) {
        return deductions.stream().map(value).toArray(String[]::new);
    }

    List<Deduction> find(String tenant) {
        return jdbc.sql(FIND)
                .param(tenant)
                .query((row, number) -> new Deduction(
                        row.getString("name"),
                        Decimals.plain(row.getBigDecimal("percent"), 0),
                        row.getString("paid_by")))
                .list();
    }
}
