package dev.semel.books.settings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.company_settings}. Works in the transaction of its caller. */
public final class SettingsTable {
    private static final String BEGIN = """
            INSERT INTO semel_books.company_settings (tenant_id) VALUES (?)
            ON CONFLICT (tenant_id) DO NOTHING
            """;
    private static final String LOCK = """
            SELECT version FROM semel_books.company_settings
            WHERE tenant_id = ?
            FOR NO KEY UPDATE
            """;
    private static final String CHANGE = """
            UPDATE semel_books.company_settings
            SET version = version + 1, legal_name = coalesce(?, legal_name),
                base_currency = coalesce(?, base_currency), timezone = coalesce(?, timezone),
                updated_at = clock_timestamp()
            WHERE tenant_id = ?
            RETURNING version, legal_name, base_currency, timezone, updated_at
            """;
    private static final String FIND = """
            SELECT version, legal_name, base_currency, timezone, updated_at FROM semel_books.company_settings
            WHERE tenant_id = ?
            """;
    private static final String NOW = "SELECT statement_timestamp()";

    private final JdbcClient jdbc;

    /** On the client's database. */
    public SettingsTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The present version, not to be changed by anybody else before this transaction ends. */
    long lock(String tenant) {
        jdbc.sql(BEGIN).param(tenant).update();
        return jdbc.sql(LOCK).param(tenant).query(Long.class).single();
    }

    /** Changes what is not null. */
    Settings change(String tenant, NewSettings settings) {
        return jdbc.sql(CHANGE)
                .param(settings.legalName())
                .param(settings.baseCurrency())
                .param(settings.timezone())
                .param(tenant)
                .query(SettingsTable::row)
                .single();
    }

    /** Without deductions; empty if they were never changed. */
    Optional<Settings> find(String tenant) {
        return jdbc.sql(FIND).param(tenant).query(SettingsTable::row).optional();
    }

    OffsetDateTime now() {
        return jdbc.sql(NOW).query(OffsetDateTime.class).single();
    }

    private static Settings row(ResultSet row, int number) throws SQLException {
        return new Settings(
                row.getLong("version"),
                row.getString("legal_name"),
                row.getString("base_currency"),
                row.getString("timezone"),
                List.of(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
