package dev.semel.testkit;

import dev.semel.testkit.internal.Callers;
import dev.semel.testkit.internal.tenancy.Finding;
import dev.semel.testkit.internal.tenancy.SqlReader;
import dev.semel.testkit.internal.tenancy.SqlText;
import dev.semel.testkit.internal.tenancy.TenantTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Every statement keeps to one tenant: records the SQL that passes through data sources, and reads it. In each SELECT, UPDATE and
 * DELETE each table that has a column {@code tenant_id} must have a condition of its own, in WHERE or JOIN … ON and outside of any
 * OR: equal to a parameter, or to the tenant of a table in the same statement that has one. Each INSERT must name the column, and
 * its ON CONFLICT as well. What cannot be read is a failure, too: MERGE, COPY, DO, EXPLAIN, CALL, PREPARE, cursors, a sub-select where this
 * check does not look, a view over tenants' rows that lacks the column, a function that runs a text.
 *
 * <p>A statement that means to see all tenants says so in a leading comment, {@code /* all tenants: why *}{@code /}. It is exempt,
 * but only in the role {@code semel_maintenance} or as the owner; asking for the role costs such a statement a round trip.
 *
 * <p>Not seen: what runs inside of database functions and triggers, and what the driver sends by itself or by types of its own that
 * {@code unwrap} hands out: rows of an updatable result set, a COPY by its API.
 *
 * <p>Thread-safe. Keeps each distinct statement once.
 */
public final class TenancyCheck {
    /**
     * A statement that was exempt.
     *
     * @param reason from its comment
     * @param role that it ran in
     * @param caller who sent it first
     */
    public record Exemption(String reason, String role, String caller) {}

    private static final String ROLE = """
            SELECT current_user,
                   current_user = 'semel_maintenance'
                   OR EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = current_user AND rolsuper)
                   OR EXISTS (SELECT 1 FROM pg_catalog.pg_class c
                               WHERE pg_catalog.pg_get_userbyid(c.relowner) = current_user AND c.relkind IN ('r', 'p'))""";

    private final Map<String, String> callers = new ConcurrentHashMap<>();
    private final Map<String, Exemption> exemptions = new ConcurrentHashMap<>();
    private final Map<String, String> misusedExemptions = new ConcurrentHashMap<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final Map<String, List<String>> statements = new ConcurrentHashMap<>();

    /** A check that has seen nothing yet. */
    public TenancyCheck() {}

    /** The data source, listened to. */
    public DataSource watch(DataSource dataSource) {
        return InterceptedDataSource.of(dataSource, new JdbcHook() {
            @Override
            public void before(JdbcCall call) {
                statements(call).filter(one -> SqlText.exemption(one).isEmpty()).forEach(TenancyCheck.this::record);
            }

            /** Not before: to ask for the role is a query, and the statement may have to be its transaction's first. */
            @Override
            public void after(JdbcCall call) {
                statements(call)
                        .forEach(one -> SqlText.exemption(one).ifPresent(reason -> recordExemption(one, reason, call)));
            }
        });
    }

    private Stream<String> statements(JdbcCall call) {
        return call.executes() || "addBatch".equals(call.method())
                ? statements.computeIfAbsent(call.sql(), SqlText::split).stream()
                : Stream.empty();
    }

    private void record(String statement) {
        if (!callers.containsKey(statement)) {
            callers.putIfAbsent(statement, Callers.first());
        }
    }

    private void recordExemption(String statement, String reason, JdbcCall call) {
        Connection connection = call.connection();
        if (connection == null) {
            return;
        }
        try (Statement ask = connection.createStatement();
                ResultSet row = ask.executeQuery(ROLE)) {
            row.next();
            recordExemption(statement, new Exemption(reason, row.getString(1), Callers.first()), row.getBoolean(2));
        } catch (SQLException e) {
            return; // the connection is broken or its transaction failed: the statement comes to nothing either
        }
    }

    private void recordExemption(String statement, Exemption exemption, boolean allowed) {
        exemptions.putIfAbsent(statement, exemption);
        if (!allowed) {
            misusedExemptions.putIfAbsent(
                    statement,
                    "role " + exemption.role() + ", sent by " + exemption.caller()
                            + ": only maintenance and the owner may see all tenants; drop the comment, or move it there");
        }
    }

    /** What was exempt so far, with its reason. */
    public List<Exemption> exemptions() {
        return List.copyOf(exemptions.values());
    }

    /** How many distinct statements were recorded so far. */
    public int statements() {
        return callers.size() + exemptions.size();
    }

    /**
     * Reads everything recorded so far. Reports each failure once.
     *
     * @param connection to the database whose catalog says which tables belong to tenants
     * @throws AssertionError naming each statement that is not kept to one tenant, its table, its caller and what to add
     * @throws SQLException if the catalog cannot be read
     */
    public void verify(Connection connection) throws SQLException {
        TenantTables tables = TenantTables.read(connection);
        List<String> failures = new ArrayList<>();
        callers.forEach((statement, caller) -> SqlReader.findings(statement, tables)
                .forEach(finding -> failures.add(describe(statement, caller, finding))));
        misusedExemptions.forEach((statement, why) -> failures.add(why + "\n" + indented(statement)));
        failures.removeIf(failure -> !reported.add(failure));
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.size() + " times SQL is not kept to one tenant:\n\n"
                    + String.join("\n\n", failures.stream().sorted().toList()));
        }
    }

    private static String describe(String statement, String caller, Finding finding) {
        return finding.table() + ", sent by " + caller + ": " + finding.advice() + "\n" + indented(statement);
    }

    private static String indented(String statement) {
        return statement.indent(4).stripTrailing();
    }
}
