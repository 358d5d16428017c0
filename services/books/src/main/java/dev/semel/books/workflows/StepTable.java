package dev.semel.books.workflows;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.workflow_steps}: what was done. Works in the transaction of its caller. */
public final class StepTable {
    // Should two nodes have done it, the first result stands.
    private static final String INSERT = """
            INSERT INTO semel_books.workflow_steps (tenant_id, run_id, name, result) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """;
    private static final String RESULTS = """
            SELECT name, result FROM semel_books.workflow_steps WHERE tenant_id = ? AND run_id = ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public StepTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(StoredRun run, StepResult result) {
        jdbc.sql(INSERT)
                .params(run.tenant(), run.id(), result.step(), result.json())
                .update();
    }

    Map<String, String> results(StoredRun run) {
        Map<String, String> results = new HashMap<>();
        jdbc.sql(RESULTS).params(run.tenant(), run.id()).query(row -> {
            results.put(row.getString("name"), row.getString("result"));
        });
        return results;
    }
}
