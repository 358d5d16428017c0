package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.semel.CoreSchema;
import dev.semel.SchemaMismatchException;
import dev.semel.spring.internal.SemelTables;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An empty database and a plain login are enough: the tables are made at the start. */
@ExtendWith({PostgresExtension.class, OutputCaptureExtension.class})
class SemelTablesTest {
    private static final String NAME = "plain_" + UUID.randomUUID().toString().replace("-", "");

    private final TestDatabase database;
    private HikariDataSource plain;

    SemelTablesTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void emptyDatabaseOfAPlainLogin() {
        database.run("CREATE ROLE " + NAME + " LOGIN PASSWORD 'plain' IN ROLE semel_app, semel_maintenance");
        database.run("CREATE DATABASE " + NAME + " OWNER " + NAME);
        plain = pool(NAME, "plain");
    }

    private HikariDataSource pool(String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.owner().jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + NAME + "$1"));
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    @AfterEach
    void drop() {
        plain.close();
        database.run("DROP DATABASE " + NAME);
        database.run("DROP ROLE " + NAME);
    }

    private List<String> histories() {
        return JdbcClient.create(plain)
                .sql("SELECT schemaname FROM pg_tables WHERE tablename = 'flyway_schema_history' ORDER BY 1")
                .query(String.class)
                .list();
    }

    @Test
    void tablesAreMadeBesideTheApplicationsOwnMigrationsAndOnlyOnce() throws Exception {
        Flyway own = Flyway.configure()
                .dataSource(plain)
                .locations("classpath:db/own")
                .load();
        own.migrate();
        new SemelTables(plain, true).afterPropertiesSet();
        new SemelTables(plain, true).afterPropertiesSet();
        new SemelTables(plain, false).afterPropertiesSet();

        assertThat(histories()).containsExactly("public", "semel");
        own.validate();
    }

    @Test
    void nodesThatStartAtOnceMakeTheTablesOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> start = () -> {
                new SemelTables(plain, true).afterPropertiesSet();
                return null;
            };
            for (Future<Void> started : threads.invokeAll(Collections.nCopies(4, start))) {
                started.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(histories()).containsExactly("semel");
        assertThat(JdbcClient.create(plain)
                        .sql(
                                "SELECT count(*) FROM semel.flyway_schema_history WHERE NOT success"
                                        + " OR version IN (SELECT version FROM semel.flyway_schema_history GROUP BY version HAVING count(*) > 1)")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void applicationThatDoesNotMigrateAndHasNoTablesSaysWhatToDo(CapturedOutput output) {
        assertThatThrownBy(() -> start("semel.migrate=false").close())
                .isInstanceOf(BeanCreationException.class)
                .hasRootCauseInstanceOf(SchemaMismatchException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "idempotency_keys", "semel.migrate", "dev.semel.CoreSchema");
    }

    @Test
    void applicationOnAnEmptyDatabaseStarts() {
        start().close();

        assertThat(histories()).containsExactly("semel");
    }

    private ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(TicketShop.Application.class, TicketShop.Tickets.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.flyway.enabled=false",
                        "semel.relay.enabled=false",
                        "semel.maintenance.enabled=false",
                        "spring.datasource.url=" + plain.getJdbcUrl(),
                        "spring.datasource.username=" + plain.getUsername(),
                        "spring.datasource.password=" + plain.getPassword())
                .properties(properties)
                .run();
    }

    @Test
    void tablesOfALibraryThatIsOlderThanThisAreRefused() throws Exception {
        Flyway.configure()
                .dataSource(plain)
                .schemas("semel")
                .locations("classpath:db/semel/core")
                .target("9")
                .load()
                .migrate();

        assertRefused("needs version " + CoreSchema.VERSION, "CoreSchema");

        new SemelTables(plain, true).afterPropertiesSet();
        JdbcClient.create(plain)
                .sql("UPDATE semel.schema_versions SET version = version - 1, oldest_library = 1")
                .update();
        assertRefused(
                "is at version " + (CoreSchema.VERSION - 1) + "; this library needs version " + CoreSchema.VERSION,
                "CoreSchema");
    }

    @Test
    void tablesThatHaveLeftThisLibraryBehindAreRefusedAndOthersAreTaken(CapturedOutput output) throws Exception {
        new SemelTables(plain, true).afterPropertiesSet();
        int next = CoreSchema.VERSION + 1;
        JdbcClient.create(plain)
                .sql("INSERT INTO semel.schema_versions (version, oldest_library) VALUES (?, ?)")
                .params(next, CoreSchema.VERSION)
                .update();

        new SemelTables(plain, false).afterPropertiesSet();
        assertThat(output).contains("is at version " + next + ", this library is for " + CoreSchema.VERSION);

        JdbcClient.create(plain)
                .sql("UPDATE semel.schema_versions SET oldest_library = version")
                .update();
        assertRefused("takes no library below version " + next, "a release of Semel that knows version " + next);
        assertThatThrownBy(() -> new SemelTables(plain, true).afterPropertiesSet())
                .isInstanceOf(SchemaMismatchException.class);
    }

    @Test
    void tablesThatThePrintedScriptsMadeAreTakenAndMayBeMigratedLater() throws Exception {
        try (Connection connection = plain.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(CoreSchema.sql(0));
        }

        new SemelTables(plain, false).afterPropertiesSet();
        assertThat(histories()).isEmpty();
        new SemelTables(plain, true).afterPropertiesSet();
        new SemelTables(plain, true).afterPropertiesSet();
        assertThat(histories()).containsExactly("semel");
        assertThat(JdbcClient.create(plain)
                        .sql("SELECT type || version FROM semel.flyway_schema_history")
                        .query(String.class)
                        .list())
                .containsExactly("BASELINE" + CoreSchema.VERSION);
    }

    @Test
    void tableThatWasDroppedIsMissed() throws Exception {
        new SemelTables(plain, true).afterPropertiesSet();
        JdbcClient.create(plain).sql("DROP TABLE semel.audit_seals").update();

        assertRefused("lacks audit_seals.", "backup");
    }

    @Test
    void loginThatMayNotMakeTablesSaysWhatToDo(CapturedOutput output) {
        String other = NAME + "_other";
        database.run("CREATE ROLE " + other + " LOGIN PASSWORD 'plain' IN ROLE semel_app");
        try (HikariDataSource guest = pool(other, "plain")) {
            assertThatThrownBy(() -> start("spring.datasource.username=" + other, "spring.datasource.password=plain")
                            .close())
                    .hasRootCauseInstanceOf(SQLException.class);
            assertThat(output)
                    .contains("APPLICATION FAILED TO START", "may not make Semel's tables", "semel.migrate=false");
            assertThatThrownBy(() -> new SemelTables(guest, false).afterPropertiesSet())
                    .isInstanceOf(SchemaMismatchException.class)
                    .hasMessageContaining("no right");
        } finally {
            database.run("DROP ROLE " + other);
        }
    }

    private void assertRefused(String message, String remedy) {
        assertThatThrownBy(() -> new SemelTables(plain, false).afterPropertiesSet())
                .isInstanceOfSatisfying(
                        SchemaMismatchException.class,
                        mismatch -> assertThat(mismatch.remedy()).contains(remedy))
                .hasMessageContaining(message);
    }

    @Test
    void loginThatRowLevelSecurityDoesNotHoldForIsWarnedOf(CapturedOutput output) throws Exception {
        new SemelTables(plain, true).afterPropertiesSet();
        assertThat(output).doesNotContain("BYPASSRLS");
        try (HikariDataSource superuser =
                pool(database.owner().user(), database.owner().password())) {
            new SemelTables(superuser, false).afterPropertiesSet();
        }
        assertThat(output).contains("BYPASSRLS");
    }
}
