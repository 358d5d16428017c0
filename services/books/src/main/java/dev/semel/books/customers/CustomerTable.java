package dev.semel.books.customers;

import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.customers}. Works in the transaction of its caller. */
public final class CustomerTable {
    private static final String INSERT = """
            INSERT INTO semel_books.customers (tenant_id, id, name, email)
            VALUES (?, ?, ?, ?)
            RETURNING id, name, email, created_at
            """;
    private static final String FIND = """
            SELECT id, name, email, created_at FROM semel_books.customers
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String EXISTS = """
            SELECT EXISTS (SELECT FROM semel_books.customers WHERE tenant_id = ? AND id = ?)
            """;
    private static final String PAGE = """
            SELECT id, name, email, created_at FROM semel_books.customers
            WHERE tenant_id = ? AND (created_at, id) > (?, ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public CustomerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Customer insert(String tenant, UUID id, NewCustomer customer) {
        return jdbc.sql(INSERT)
                .params(tenant, id, customer.name())
                .param(customer.email())
                .query(CustomerTable::row)
                .single();
    }

    /** The tenant's customer of that id. */
    public Optional<Customer> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(CustomerTable::row).optional();
    }

    /** Whether the tenant has a customer of that id. */
    public boolean exists(String tenant, UUID id) {
        return jdbc.sql(EXISTS).params(tenant, id).query(Boolean.class).single();
    }

    Page<Customer> page(String tenant, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id(), request.fetch())
                        .query(CustomerTable::row)
                        .list(),
                request,
                customer -> new CreationPosition(customer.createdAt(), customer.id()).cursor());
    }

    private static Customer row(ResultSet row, int number) throws SQLException {
        return new Customer(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
