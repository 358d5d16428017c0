package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.CoreSchema;
import dev.semel.postgres.PostgresConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The schema says its version, and is the same by whatever means its scripts are run. */
@ExtendWith(PostgresExtension.class)
class CoreSchemaTest {
    private static final Path SCRIPTS = Path.of("../core/src/main/resources/db/semel/core");

    private static final String CATALOG = """
            SELECT 'table ' || c.relname || ' ' || c.relkind::text || c.relrowsecurity || c.relforcerowsecurity
                   || coalesce(c.relacl::text, '')
              FROM pg_class c WHERE c.relnamespace = 'semel'::regnamespace
            UNION ALL
            SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || a.attnotnull
                   || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || coalesce(a.attacl::text, '')
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
             WHERE c.relnamespace = 'semel'::regnamespace AND c.relkind IN ('r', 'p')
            UNION ALL
            SELECT 'constraint ' || r.conname || ' ' || pg_get_constraintdef(r.oid)
              FROM pg_constraint r WHERE r.connamespace = 'semel'::regnamespace
            UNION ALL
            SELECT 'index ' || pg_get_indexdef(i.indexrelid)
              FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'semel'::regnamespace
            UNION ALL
            SELECT 'policy ' || p.tablename || p.policyname || p.roles::text || p.cmd || coalesce(p.qual, '')
                   || coalesce(p.with_check, '')
              FROM pg_policies p WHERE p.schemaname = 'semel'
            UNION ALL
            SELECT 'function ' || pg_get_functiondef(f.oid) || coalesce(f.proacl::text, '')
              FROM pg_proc f WHERE f.pronamespace = 'semel'::regnamespace""";

    private final TestDatabase database;

    CoreSchemaTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void lastScriptIsTheLibrarysVersionAndSaysSo() throws Exception {
        assertThat(numbers().stream().mapToInt(Integer::intValue).max()).hasValue(CoreSchema.VERSION);
        try (Connection connection = connect(database.owner())) {
            assertThat(CoreSchema.version(connection)).hasValue(CoreSchema.VERSION);
            CoreSchema.require(connection);
        }
    }

    @Test
    void everyScriptIsPrintedInTheOrderOfItsNumber() throws Exception {
        String all = CoreSchema.sql(0);
        int at = 0;
        for (int number : numbers()) {
            String script = Files.readString(script(number));
            assertThat(all.indexOf(script)).as("script " + number).isGreaterThanOrEqualTo(at);
            at = all.indexOf(script);
            assertThat(CoreSchema.sql(number)).doesNotContain(script);
            assertThat(CoreSchema.sql(number - 1)).contains(script);
        }
        assertThatThrownBy(() -> CoreSchema.sql(CoreSchema.VERSION + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CoreSchema.sql(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printedScriptsMakeWhatFlywayMakes() throws Exception {
        String name = "printed_" + UUID.randomUUID().toString().replace("-", "");
        database.run("CREATE DATABASE " + name);
        PostgresConnection owner = database.owner();
        PostgresConnection printed = new PostgresConnection(
                owner.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1"), owner.user(), owner.password());
        try {
            List<String> made;
            try (Connection connection = connect(printed);
                    Statement statement = connection.createStatement()) {
                statement.execute(CoreSchema.sql(0));
                CoreSchema.require(connection);
                made = catalog(connection);
            }
            try (Connection connection = connect(owner)) {
                assertThat(made).hasSizeGreaterThan(100).containsExactlyElementsOf(catalog(connection));
            }
        } finally {
            database.run("DROP DATABASE " + name);
        }
    }

    /** Months' partitions are those of the day of the run, the same in both. */
    private static List<String> catalog(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(CATALOG)) {
            while (row.next()) {
                lines.add(row.getString(1));
            }
        }
        lines.removeIf(line -> line.contains("flyway_schema_history"));
        return lines.stream().sorted().toList();
    }

    private static Connection connect(PostgresConnection login) throws SQLException {
        return DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password());
    }

    private static List<Integer> numbers() throws Exception {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.map(file ->
                            Integer.valueOf(file.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1")))
                    .sorted()
                    .toList();
        }
    }

    private static Path script(int number) throws Exception {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("V" + number + "__"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
