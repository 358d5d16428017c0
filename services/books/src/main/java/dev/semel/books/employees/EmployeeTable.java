package dev.semel.books.employees;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.employees}. Works in the transaction of its caller. */
public final class EmployeeTable {
    private static final String INSERT = """
            INSERT INTO semel_books.employees (tenant_id, id, salary_amount, salary_currency, name, email)
            VALUES (?, ?, ?, ?, ?, ?)
            RETURNING id, name, email, salary_amount, salary_currency, left_at, created_at
            """;
    /** The first leaving counts. */
    private static final String LEAVE = """
            UPDATE semel_books.employees SET left_at = coalesce(left_at, clock_timestamp())
            WHERE tenant_id = ? AND id = ?
            RETURNING id, name, email, salary_amount, salary_currency, left_at, created_at
            """;

    private static final String FIND = """
            SELECT id, name, email, salary_amount, salary_currency, left_at, created_at FROM semel_books.employees
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String PAGE = """
            SELECT id, name, email, salary_amount, salary_currency, left_at, created_at FROM semel_books.employees
            WHERE tenant_id = ? AND (created_at, id) > (?, ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public EmployeeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Employee insert(String tenant, UUID id, NewEmployee employee) {
        return jdbc.sql(INSERT)
                .params(tenant, id, employee.salary().money().amount())
                .params(employee.salary().currency(), employee.name())
                .param(employee.email())
                .query(EmployeeTable::row)
                .single();
    }

    /** Empty if there is no such employee. */
    Optional<Employee> leave(String tenant, UUID id) {
        return jdbc.sql(LEAVE).params(tenant, id).query(EmployeeTable::row).optional();
    }

    /** The tenant's employee of that id. */
    public Optional<Employee> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(EmployeeTable::row).optional();
    }

    Page<Employee> page(String tenant, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id(), request.fetch())
                        .query(EmployeeTable::row)
                        .list(),
                request,
                employee -> new CreationPosition(employee.createdAt(), employee.id()).cursor());
    }

    private static Employee row(ResultSet row, int number) throws SQLException {
        @Nullable OffsetDateTime leftAt = row.getObject("left_at", OffsetDateTime.class);
        return new Employee(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                Salary.of(new Money(
                        row.getBigDecimal("salary_amount"), Currencies.require(row.getString("salary_currency")))),
                leftAt == null,
                leftAt == null ? null : leftAt.toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
