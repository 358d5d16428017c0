package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.testkit.internal.tenancy.Finding;
import dev.semel.testkit.internal.tenancy.SqlReader;
import dev.semel.testkit.internal.tenancy.SqlText;
import dev.semel.testkit.internal.tenancy.TenantTables;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements keep to one tenant, and which only look so. {@code s.a}, {@code s.b} and {@code s.c} have tenants. */
class SqlReaderTest {
    private static final TenantTables TABLES = new TenantTables(Set.of("s.a", "s.b", "s.c"));

    private static List<Finding> findings(String sql) {
        return SqlReader.findings(sql, TABLES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT x FROM other",
                "SELECT x FROM s.a WHERE tenant_id = ?",
                "SELECT x FROM s.a WHERE ? = tenant_id AND x > 1",
                "SELECT x FROM s.a WHERE (x = 1 OR x = 2) AND (tenant_id = ?)",
                "SELECT x FROM s.a WHERE tenant_id = ?::text",
                "SELECT x FROM s.a WHERE tenant_id::text = ?",
                "SELECT x FROM s.a WHERE tenant_id = :tenant",
                "SELECT x FROM s.a WHERE tenant_id = current_setting('semel.tenant', true)",
                "SELECT x FROM s.a WHERE (tenant_id, id) = (?, ?)",
                "SELECT x FROM s.a WHERE (tenant_id, id) IN ((?, ?))",
                "SELECT x FROM s.a WHERE tenant_id IN (?)",
                "SELECT x FROM \"s\".\"a\" WHERE \"tenant_id\" = ? FOR NO KEY UPDATE SKIP LOCKED",
                "SELECT EXISTS (SELECT FROM s.a WHERE tenant_id = ? AND id = ?)",
                "SELECT 1 FROM s.a x JOIN s.b y ON y.tenant_id = x.tenant_id AND y.id = x.id WHERE x.tenant_id = ?",
                "SELECT 1 FROM s.a x, s.b y WHERE x.tenant_id = ? AND x.tenant_id = y.tenant_id",
                "SELECT 1 FROM s.a x JOIN s.b y USING (tenant_id, id) WHERE tenant_id = ?",
                "SELECT 1 FROM s.a x NATURAL JOIN s.b y WHERE tenant_id = ?",
                "SELECT 1 FROM s.a x LEFT JOIN s.b y ON y.tenant_id = x.tenant_id WHERE x.tenant_id = ?",
                "SELECT 1 FROM s.a x RIGHT JOIN s.b y ON y.tenant_id = x.tenant_id WHERE y.tenant_id = ?",
                "SELECT 1 FROM s.a x JOIN (s.b y JOIN s.c z ON y.tenant_id = z.tenant_id) ON x.tenant_id = y.tenant_id"
                        + " WHERE z.tenant_id = ?",
                "SELECT x FROM s.a AS event WHERE tenant_id = ? AND NOT EXISTS"
                        + " (SELECT FROM s.a AS earlier WHERE earlier.tenant_id = event.tenant_id AND earlier.id < event.id)",
                "SELECT (SELECT max(id) FROM s.b WHERE s.b.tenant_id = s.a.tenant_id) FROM s.a WHERE tenant_id = ?",
                "SELECT 1 FROM s.a x CROSS JOIN LATERAL (SELECT 1 FROM s.b y WHERE y.tenant_id = x.tenant_id) AS z"
                        + " WHERE x.tenant_id = ?",
                "SELECT 1 FROM other o JOIN s.a x ON x.tenant_id = ? CROSS JOIN LATERAL"
                        + " (SELECT tenant_id FROM s.b y WHERE y.tenant_id = x.tenant_id) AS z"
                        + " JOIN s.c c ON c.tenant_id = z.tenant_id",
                "SELECT 1 FROM (SELECT tenant_id, id FROM s.a WHERE tenant_id = ?) d JOIN s.b y ON y.tenant_id = d.tenant_id",
                "SELECT 1 FROM (SELECT * FROM s.a WHERE tenant_id = ?) d JOIN s.b y ON y.tenant_id = d.tenant_id",
                "WITH w AS (SELECT tenant_id FROM s.a WHERE tenant_id = ?) SELECT 1 FROM w JOIN s.b USING (tenant_id)",
                "WITH w (t, tenant_id) AS (SELECT 1, ?::text) SELECT 1 FROM w JOIN s.b USING (tenant_id)",
                "WITH RECURSIVE w AS (SELECT tenant_id, id FROM s.a WHERE tenant_id = ? UNION ALL"
                        + " SELECT n.tenant_id, n.id FROM w JOIN s.a n ON n.tenant_id = w.tenant_id AND n.up = w.id)"
                        + " SELECT id FROM w",
                "WITH new AS (INSERT INTO s.a (tenant_id, id) VALUES (?, ?) RETURNING tenant_id, id)"
                        + " INSERT INTO s.b (tenant_id, id) SELECT new.tenant_id, new.id FROM new",
                "WITH gone AS (DELETE FROM s.a WHERE tenant_id = ? RETURNING tenant_id, id)"
                        + " UPDATE s.b SET x = 1 FROM gone WHERE s.b.tenant_id = gone.tenant_id AND s.b.id = gone.id",
                "SELECT 1 FROM s.a WHERE tenant_id = ? UNION ALL SELECT 1 FROM s.b WHERE tenant_id = ?",
                "INSERT INTO s.a (tenant_id, x) VALUES (?, ?)",
                "INSERT INTO s.a AS n (tenant_id, x) VALUES (?, 1) ON CONFLICT (tenant_id, x) DO UPDATE SET x = n.x + 1",
                "INSERT INTO s.a (tenant_id, x) VALUES (?, 1) ON CONFLICT DO NOTHING",
                "INSERT INTO s.a (tenant_id, x) OVERRIDING SYSTEM VALUE SELECT tenant_id, x FROM s.b WHERE tenant_id = ?",
                "UPDATE s.a SET x = 1 WHERE tenant_id = ? AND id = ANY (ARRAY(SELECT id FROM s.b WHERE tenant_id = ?))",
                "UPDATE s.a x SET x = 1 FROM s.b y WHERE x.tenant_id = y.tenant_id AND y.tenant_id = ?",
                "DELETE FROM s.a WHERE tenant_id = ? AND id = ?",
                "DELETE FROM s.a x USING s.b y WHERE x.tenant_id = y.tenant_id AND y.tenant_id = ? RETURNING x.id",
                "SELECT 's.a'::regclass, $$ FROM s.a $$ /* FROM s.a */",
                "SELECT x FROM semel_server.find_tokens(?)",
                "SELECT 'SELECT' AS \"SELECT\" /* SELECT */ FROM s.a WHERE tenant_id = ? -- SELECT",
                "SELECT x FROM s.a WHERE tenant_id = ? AND to_xml(x) IS NULL",
                "SET LOCAL ROLE semel_maintenance",
                "ROLLBACK TO SAVEPOINT semel_handler",
                "/* a remark */ COMMIT"
            })
    void statementsOfOneTenantPass(String sql) {
        assertThat(findings(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT x FROM s.a",
                "SELECT x FROM A", // without a schema it may be any
                "SELECT x FROM s.a WHERE id = ?",
                "SELECT x FROM s.a WHERE tenant_id = ? OR id = ?",
                "SELECT x FROM s.a WHERE NOT (tenant_id = ?)",
                "SELECT x FROM s.a WHERE tenant_id::varchar(1) = ?", // a prefix of many
                "SELECT x FROM s.a WHERE CAST((tenant_id) AS char(1)) = ?",
                "UPDATE s.a SET tenant_id = 'other' WHERE tenant_id = ?",
                "INSERT INTO s.a (tenant_id, id) VALUES (?, ?)"
                        + " ON CONFLICT (tenant_id, id) DO UPDATE SET tenant_id = excluded.id",
                "SELECT x FROM s.a WHERE tenant_id <> ?",
                "SELECT x FROM s.a WHERE tenant_id = tenant_id",
                "SELECT x FROM s.a WHERE tenant_id = id",
                "SELECT x FROM s.a WHERE tenant_id = ANY (?)",
                "SELECT x FROM s.a WHERE (tenant_id, id) IN ((?, ?), (?, ?))",
                "SELECT x FROM s.a WHERE tenant_id NOT IN (?)",
                "SELECT x FROM s.a WHERE tenant_id IN (?, ?)",
                "SELECT x FROM s.a WHERE tenant_id IN (SELECT tenant_id FROM s.b WHERE tenant_id = ?)",
                "SELECT x FROM s.a WHERE tenant_id = lower(?)",
                "SELECT x FROM s.a WHERE tenant_id = current_setting('other.setting')",
                "SELECT x FROM s.a WHERE CASE WHEN true THEN tenant_id = ? ELSE true END",
                "SELECT x FROM s.a ORDER BY tenant_id = ?",
                "SELECT tenant_id, count(*) FROM s.a GROUP BY tenant_id HAVING tenant_id = ?",
                "SELECT EXISTS (SELECT FROM s.a WHERE id = ?)",
                "SELECT 1 FROM s.a x JOIN s.b y ON y.id = x.id WHERE x.tenant_id = ?",
                "SELECT 1 FROM s.a x JOIN s.b y ON y.tenant_id = x.tenant_id",
                "SELECT 1 FROM s.a x, s.b y WHERE x.tenant_id = ?",
                "SELECT 1 FROM s.a x JOIN s.b y USING (id) WHERE x.tenant_id = ?",
                "SELECT 1 FROM s.a x LEFT JOIN s.b y ON y.tenant_id = x.tenant_id AND x.tenant_id = ?",
                "SELECT 1 FROM s.a x LEFT JOIN s.b y ON x.tenant_id = ? WHERE x.tenant_id = ?",
                "SELECT 1 FROM s.a x RIGHT JOIN s.b y ON y.tenant_id = x.tenant_id AND y.tenant_id = ?",
                "SELECT 1 FROM s.a x FULL JOIN s.b y ON y.tenant_id = x.tenant_id WHERE x.tenant_id = ?",
                "SELECT x FROM s.a AS event WHERE tenant_id = ? AND NOT EXISTS"
                        + " (SELECT FROM s.a AS earlier WHERE earlier.id < event.id)",
                "SELECT x FROM s.a AS event WHERE EXISTS"
                        + " (SELECT FROM s.a AS earlier WHERE earlier.tenant_id = event.tenant_id)",
                "SELECT (SELECT max(id) FROM s.b) FROM s.a WHERE tenant_id = ?",
                "SELECT x FROM s.a WHERE tenant_id = ? LIMIT (SELECT count(*) FROM s.b)",
                "SELECT 1 FROM s.a x CROSS JOIN LATERAL (SELECT 1 FROM s.b y WHERE y.id = x.id) AS z WHERE x.tenant_id = ?",
                "SELECT 1 FROM (SELECT tenant_id, id FROM s.a) d WHERE d.tenant_id = ?",
                "SELECT 1 FROM (SELECT o.tenant AS tenant_id FROM other o) d JOIN s.b y ON y.tenant_id = d.tenant_id",
                "SELECT 1 FROM unnest(?::text[]) AS t (tenant_id) JOIN s.b y ON y.tenant_id = t.tenant_id",
                "WITH w AS (SELECT tenant_id FROM s.a) SELECT 1 FROM w WHERE tenant_id = ?",
                "WITH w AS (SELECT id AS tenant_id FROM other) SELECT 1 FROM w JOIN s.b USING (tenant_id)",
                "WITH w (tenant_id, t) AS (SELECT id, ?::text FROM other) SELECT 1 FROM w JOIN s.b USING (tenant_id)",
                "WITH RECURSIVE w AS (SELECT o.x AS tenant_id FROM other o UNION ALL"
                        + " SELECT n.tenant_id FROM w JOIN s.a n ON n.tenant_id = w.tenant_id) SELECT 1 FROM w",
                "WITH gone AS (DELETE FROM s.a RETURNING id) SELECT id FROM gone",
                "SELECT 1 FROM s.a WHERE tenant_id = ? UNION ALL SELECT 1 FROM s.b",
                "INSERT INTO s.a (x) VALUES (?)",
                "INSERT INTO s.a VALUES (?, ?)",
                "INSERT INTO s.a (tenant_id, x) SELECT tenant_id, x FROM s.b",
                "INSERT INTO s.a (tenant_id, x) VALUES (?, (SELECT max(x) FROM s.b))",
                "INSERT INTO s.a (tenant_id, x) VALUES (?, 1) ON CONFLICT (x) DO UPDATE SET x = 2",
                "INSERT INTO s.a (tenant_id, x) VALUES (?, 1) ON CONFLICT ON CONSTRAINT a_x DO UPDATE SET x = 2",
                "INSERT INTO s.a (tenant_id, x) VALUES (?, 1) ON CONFLICT (tenant_id, x) DO UPDATE"
                        + " SET x = (SELECT max(x) FROM s.b)",
                "UPDATE s.a SET x = 1 WHERE id = ?",
                "UPDATE s.a SET tenant_id = ?",
                "UPDATE s.a SET x = (SELECT max(x) FROM s.b) WHERE tenant_id = ?",
                "UPDATE s.a x SET x = 1 FROM s.b y WHERE x.tenant_id = ? AND y.id = x.id",
                "UPDATE s.a SET x = 1 WHERE tenant_id = ? AND id = ANY (ARRAY(SELECT id FROM s.b))",
                "DELETE FROM s.a",
                "DELETE FROM s.a x USING s.b y WHERE y.tenant_id = ? AND x.id = y.id",
                "DELETE FROM s.a WHERE tenant_id = ? RETURNING (SELECT count(*) FROM s.b)",
                "WITH new AS (INSERT INTO other (tenant_id, x) SELECT 'x', 1 RETURNING tenant_id)"
                        + " SELECT 1 FROM new JOIN s.b ON s.b.tenant_id = new.tenant_id",
                "WITH new AS (INSERT INTO s.a (tenant_id, x) SELECT o.name, 1 FROM other o RETURNING tenant_id)"
                        + " SELECT 1 FROM new JOIN s.b ON s.b.tenant_id = new.tenant_id",
                "WITH a AS (SELECT 1) DELETE FROM a",
                "WITH a AS (SELECT ?::text AS tenant_id) UPDATE a SET x = 1",
                "WITH a AS (SELECT 1) INSERT INTO a (x) VALUES (1)",
                "SELECT x FROM s.a WHERE tenant_id = ? OFFSET (SELECT count(*) FROM b)",
                "SELECT x FROM s.a WHERE tenant_id = ? LIMIT 5 OFFSET (SELECT count(*) FROM b)",
                "SELECT x FROM s.a WHERE tenant_id = ? FETCH FIRST (SELECT count(*) FROM b) ROWS ONLY",
                "SELECT 1 FROM other GROUP BY (SELECT max(x) FROM b)",
                "SELECT DISTINCT ON ((SELECT max(x) FROM b)) x FROM other",
                "SELECT 1 FROM other UNION SELECT 2 FROM other ORDER BY (SELECT max(x) FROM b)",
                "SELECT 1 FROM other UNION SELECT 2 FROM other LIMIT (SELECT count(*) FROM b)",
                "UPDATE other SET x = 1 WHERE id = 1 RETURNING (SELECT max(x) FROM b)",
                "TRUNCATE s.a",
                "MERGE INTO s.a USING s.b ON s.a.tenant_id = s.b.tenant_id WHEN MATCHED THEN DELETE",
                "DO $$ BEGIN DELETE FROM s.a; END $$",
                "EXPLAIN SELECT x FROM s.a WHERE tenant_id = ?",
                "TABLE s.a",
                "SELECT x FROM s.a WHERE tenant_id = ? AND",
                "COPY s.a TO STDOUT",
                "COPY (SELECT x FROM s.a) TO STDOUT",
                "COPY s.a (tenant_id) FROM STDIN",
                "WITH w AS (SELECT 1) MERGE INTO s.a USING w ON true WHEN MATCHED THEN DELETE",
                "CALL forget_all()",
                "{call forget_all()}",
                "PREPARE p AS SELECT x FROM s.a",
                "EXECUTE p",
                "DECLARE c CURSOR FOR SELECT x FROM s.a",
                "FETCH ALL FROM c",
                "LOCK TABLE s.a",
                "CREATE TABLE copy AS SELECT x FROM s.a",
                "CREATE VIEW v AS SELECT x FROM s.a",
                "ALTER TABLE s.a DISABLE ROW LEVEL SECURITY",
                "REFRESH MATERIALIZED VIEW v",
                "VALUES ((SELECT max(x) FROM b))",
                "INSERT INTO s.a DEFAULT VALUES",
                "INSERT INTO s.a (tenant_id, x) TABLE s.b",
                "SELECT x FROM (TABLE s.a) AS d",
                "SELECT x FROM ONLY s.a",
                "SELECT x INTO copy FROM s.a",
                "SELECT x FROM s.a TABLESAMPLE SYSTEM (1)",
                "SELECT 1 FROM other JOIN LATERAL (SELECT x FROM b WHERE b.id = other.id) AS l ON true",
                "SELECT 1 FROM other, LATERAL (SELECT x FROM b) AS l",
                "SELECT 1 FROM other LEFT JOIN s.b ON s.b.id = other.id",
                "SELECT 1 FROM s.a JOIN s.b USING (tenant_id)",
                "SELECT 1 FROM s.a JOIN s.b USING (tenant) WHERE s.a.tenant_id = ?",
                "SELECT 1 FROM ROWS FROM (generate_series(1, (SELECT count(*) FROM b))) AS g",
                "SELECT 1 FROM generate_series(1, (SELECT count(*) FROM b)) AS g",
                "SELECT sum(x) OVER (PARTITION BY (SELECT max(x) FROM b)) FROM other",
                "SELECT sum(x) OVER w FROM other WINDOW w AS (ORDER BY (SELECT max(x) FROM b))",
                "SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM b)) FROM other",
                "SELECT array_agg(x ORDER BY (SELECT max(x) FROM b)) FROM other",
                "SELECT ARRAY(SELECT x FROM b)",
                "SELECT (ARRAY[1, 2])[(SELECT count(*) FROM b)]",
                "SELECT x IS DISTINCT FROM (SELECT max(x) FROM b) FROM other",
                "SELECT x FROM other WHERE x BETWEEN 1 AND (SELECT max(x) FROM b)",
                "SELECT x FROM other WHERE x LIKE (SELECT max(x) FROM b)",
                "SELECT x FROM other WHERE x = ANY (SELECT x FROM b)",
                "SELECT x FROM other WHERE (x, y) IN (SELECT x, y FROM b)",
                "SELECT ROW((SELECT max(x) FROM b), 1)",
                "SELECT extract(day FROM (SELECT max(at) FROM b))",
                "SELECT (SELECT max(at) FROM b) AT TIME ZONE 'UTC'",
                "SELECT (SELECT max(x) FROM b) COLLATE \"C\"",
                "SELECT CASE WHEN x > 1 THEN (SELECT max(x) FROM b) END FROM other",
                "SELECT coalesce((SELECT max(x) FROM b), 0)",
                "SELECT json_object('x' VALUE (SELECT max(x) FROM b))",
                "SELECT (SELECT j FROM b) -> 'x'",
                "SELECT -(SELECT max(x) FROM b)",
                "SELECT ((SELECT x FROM b)).x",
                "SELECT 1 FROM other GROUP BY GROUPING SETS ((x), ((SELECT max(x) FROM b)))",
                "SELECT 1 FROM other FOR UPDATE OF other, s.a",
                "SELECT query_to_xml('SELECT x FROM s.a', true, true, '')",
                "SELECT \"query_to_xml\" ('SELECT x FROM s.a', true, true, '')",
                "SELECT table_to_xml('s.a', true, true, '')",
                "SELECT * FROM dblink('', 'SELECT x FROM s.a') AS t (x text)",
                "SELECT * FROM ts_stat('SELECT v FROM s.a')",
                "WITH w AS (TABLE s.a) SELECT 1 FROM w",
                "(SELECT x FROM s.a)",
                "SELECT 1 FROM (s.a CROSS JOIN other)"
            })
    void statementsThatReachOtherTenantsAreFound(String sql) {
        assertThat(findings(sql)).isNotEmpty();
    }

    @Test
    void findingNamesTheTableAndWhatToAdd() {
        assertThat(findings("SELECT 1 FROM s.a JOIN s.b AS other ON true WHERE a.tenant_id = ?"))
                .containsExactly(new Finding(
                        "s.b AS other", "add \"other.tenant_id = ?\" to its WHERE or JOIN … ON, outside of any OR"));
    }

    @Test
    void findingSaysWhatCannotBeReadAndWhatToDo() {
        assertThat(findings("MERGE INTO s.a USING s.b ON true WHEN MATCHED THEN DELETE"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.advice()).contains("only SELECT, INSERT, UPDATE and DELETE can be checked"));
        assertThat(findings("SELECT query_to_xml('SELECT x FROM s.a', true, true, '')"))
                .containsExactly(new Finding(
                        "query_to_xml",
                        "send its SQL as a statement of its own: what a function is given as a text is not read"));
        assertThat(findings("SELECT sum(x) OVER w FROM other WINDOW w AS (ORDER BY (SELECT max(x) FROM b))"))
                .containsExactly(new Finding(
                        "a sub-select in a place that this check does not look at",
                        "move it into a WITH, or into FROM or WHERE"));
    }

    @Test
    void stringsAreSplitAtTheSemicolonsOfSqlOnly() {
        assertThat(SqlText.split("""
                        /* all tenants: why; because */ SELECT ';' AS "a;b"; -- one; two
                        SELECT E'\\';' ; SELECT $x$;$x$;
                        """))
                .hasSize(3)
                .first()
                .satisfies(first -> assertThat(SqlText.exemption(first)).contains("why; because"));
    }

    @Test
    void onlyALeadingCommentWithAReasonExempts() {
        assertThat(SqlText.exemption("/* all tenants: */ SELECT 1")).isEmpty();
        assertThat(SqlText.exemption("SELECT 1 /* all tenants: no */")).isEmpty();
        assertThat(SqlText.exemption("/* all tenants: yes */ SELECT 1")).contains("yes");
    }
}
