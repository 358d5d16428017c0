package dev.semel.books.workflows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.workflow_steps}: what was done. Works in the transaction of its caller. */
public final class StepTable {
    // Should two nodes have done it, the first result stands.
    private static final String INSERT = """
            INSERT INTO semel_books.workflow_steps (tenant_id, run_id, name, result)
            SELECT ?, made.run_id, made.name, made.result
            FROM unnest(?::uuid[], ?::text[], ?::text[]) AS made (run_id, name, result)
            ON CONFLICT DO NOTHING
            """;
    private static final String RESULTS = """
            SELECT name, result FROM semel_books.workflow_steps WHERE tenant_id = ? AND run_id = ?
            """;

    /** What a step of a run resulted in. */
    record Row(UUID runId, StepResult result) {}

    private final JdbcClient jdbc;

    /** On the client's database. */
    public StepTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(String tenant, List<Row> results) {
        jdbc.sql(INSERT)
                .param(tenant)
                .param(column(results, row -> row.runId().toString()))
                .param(column(results, row -> row.result().step()))
                .param(column(results, row -> row.result().json()))
                .update();
    }

    private static String[] column(List<Row> results, Function<Row, String> value) {
        return results.stream().map(value).toArray(String[]::new);
    }

    Map<String, String> results(StoredRun run) {
        Map<String, String> results = new HashMap<>();
        jdbc.sql(RESULTS).params(run.tenant(), run.id()).query(row -> {
            results.put(row.getString("name"), row.getString("result"));
        });
        return results;
    }
}
