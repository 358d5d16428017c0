package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.PayloadCodec;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.jackson.JacksonCodec;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Whatever is missing, or is there twice, an application that does not start says what it is and what to do. */
@ExtendWith({PostgresExtension.class, OutputCaptureExtension.class})
class StartAnalysisTest {
    private static final Operation<String, String> NOTE =
            Operation.standard("note", String.class, String.class).build();
    private static final Operation<String, String> SAME_NAME =
            Operation.highRisk("note", String.class, String.class).build();
    private static final Operation<String, String> PAY =
            Operation.financial("pay", String.class, String.class).build();

    private final TestDatabase database;
    private final CapturedOutput output;

    StartAnalysisTest(TestDatabase database, CapturedOutput output) {
        this.database = database;
        this.output = output;
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Bare {}

    @Configuration(proxyBeanMethods = false)
    static class Callers {
        @Bean
        CallerResolver callers() {
            return (request, requestId) -> new Caller("acme", "alice", requestId);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherCallers {
        @Bean
        CallerResolver otherCallers() {
            return (request, requestId) -> new Caller("globex", "alice", requestId);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoCodecs {
        @Bean
        PayloadCodec one() {
            return JacksonCodec.ofDefaults();
        }

        @Bean
        PayloadCodec other() {
            return JacksonCodec.ofDefaults();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoEngines {
        @Bean
        Semel one(Transactions transactions, PayloadCodec codec) {
            return Semel.builder(transactions, codec).build();
        }

        @Bean
        Semel other(Transactions transactions, PayloadCodec codec) {
            return Semel.builder(transactions, codec).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoManagers {
        @Bean
        JdbcTransactionManager one(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JdbcTransactionManager other(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Unrouted {
        @Bean
        SemelConfigurer operations() {
            return builder -> builder.register(NOTE);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Doubled {
        @Bean
        SemelConfigurer operations() {
            return builder ->
                    builder.handle(NOTE, write -> write.payload()).handle(SAME_NAME, write -> write.payload());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Forgetful {
        @Bean
        SemelConfigurer operations() {
            return builder -> builder.handle(PAY, write -> write.payload());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Handled {
        @Bean
        SemelConfigurer operations() {
            return builder -> builder.handle(NOTE, write -> write.payload() + " is noted");
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Routed {
        @Bean
        GatedRoute<String, String> noting() {
            return GatedRoute.post("/notes", NOTE).handle(write -> write.payload() + " is noted");
        }
    }

    private SpringApplicationBuilder application(Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=WARN",
                        "semel.migrate=false",
                        "semel.relay.enabled=false",
                        "semel.maintenance.enabled=false");
    }

    private SpringApplicationBuilder on(DataSource dataSource, Class<?>... sources) {
        return application(sources)
                .initializers(context -> context.getBeanFactory().registerSingleton("dataSource", dataSource));
    }

    private void assertSaid(SpringApplicationBuilder application, String description, String action) {
        assertThatThrownBy(() -> application.run().close()).isInstanceOf(RuntimeException.class);
        assertThat(output.toString().split("APPLICATION FAILED TO START"))
                .as("said in a few lines and not as a stack trace")
                .hasSize(2);
        assertThat(output.toString().replaceFirst("(?s).*APPLICATION FAILED TO START", ""))
                .containsSubsequence("Description:", description, "Action:", action)
                .doesNotContain("\tat ");
    }

    @Test
    void noDataSource() {
        assertSaid(
                application(Bare.class, Callers.class)
                        .properties("spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure."
                                + "DataSourceAutoConfiguration"),
                "Semel needs a DataSource, and the application has none.",
                "spring.datasource.url");
    }

    @Test
    void noAddressOfTheDatabase() {
        assertSaid(
                application(Bare.class, Callers.class), "Failed to configure a DataSource: 'url'", "database settings");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noDatabaseAtTheAddress(boolean migrate) {
        assertSaid(
                application(Bare.class, Callers.class)
                        .properties(
                                "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/shop", "semel.migrate=" + migrate),
                "The application's database cannot be used: Connection to 127.0.0.1:1 refused.",
                "Start PostgreSQL, or correct its address in spring.datasource.url.");
    }

    @Test
    void databaseHasNoSuchLogin() {
        assertSaid(
                application(Bare.class, Callers.class)
                        .properties(
                                "spring.datasource.url=" + database.owner().jdbcUrl(),
                                "spring.datasource.username=nobody",
                                "spring.datasource.password=nothing"),
                "The application's database cannot be used: ",
                "Correct spring.datasource.username and password, or make the login.");
    }

    @Test
    void serverHasNoSuchDatabase() {
        assertSaid(
                application(Bare.class, Callers.class)
                        .properties(
                                "spring.datasource.url="
                                        + database.owner().jdbcUrl().replaceFirst("[^/?]+(?=$|\\?)", "nothing_here"),
                                "spring.datasource.username=" + database.owner().user(),
                                "spring.datasource.password=" + database.owner().password()),
                "The application's database cannot be used: FATAL: database \"nothing_here\" does not exist",
                "Make the database, or correct its name in spring.datasource.url.");
    }

    @Test
    void twoDataSources() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class)
                        .initializers(
                                context -> context.getBeanFactory().registerSingleton("archive", database.pool(1))),
                "Semel needs one DataSource, and the application has 2 without a primary one among them: dataSource,"
                        + " archive",
                "Mark the one of the database with Semel's tables as @Primary");
    }

    @Test
    void noTransactionManager() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class)
                        .properties("spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure."
                                + "DataSourceTransactionManagerAutoConfiguration"),
                "Semel needs a PlatformTransactionManager, and the application has none.",
                "spring-boot-starter-jdbc");
    }

    @Test
    void twoTransactionManagers() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class, TwoManagers.class),
                "Semel needs one PlatformTransactionManager, and the application has 2 without a primary one among them:"
                        + " one, other",
                "@Primary");
    }

    @Test
    void twoCodecs() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class, TwoCodecs.class),
                "Semel needs one PayloadCodec, and the application has 2 without a primary one among them: one, other",
                "@Primary");
    }

    @Test
    void twoEngines() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class, TwoEngines.class),
                "Semel needs one Semel, and the application has 2 without a primary one among them: one, other",
                "SemelConfigurer");
    }

    @Test
    void nobodyWhoSaysWhoCalls() {
        assertSaid(
                on(database.pool(1), Bare.class),
                "Semel needs a CallerResolver, and the application has none.",
                "Declare a CallerResolver bean");
    }

    @Test
    void twoWhoSayWhoCalls() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class, OtherCallers.class),
                "Semel needs one CallerResolver, and the application has 2 without a primary one among them: callers,"
                        + " otherCallers",
                "Keep one");
    }

    @Test
    void operationWithoutRouteAndHandler() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class, Unrouted.class),
                "operation note has neither a route nor a handler: name it in a @Gate",
                "a route or a handler");
    }

    @Test
    void routeOfAnOperationThatNobodyRegisters() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class, TicketShop.Misnamed.class),
                "@Gate names createTickets, but no SemelConfigurer registers an operation of that name",
                "@Gate whose operation a SemelConfigurer registers");
    }

    @Test
    void twoOperationsOfOneName() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class, Doubled.class),
                "operation note is declared twice",
                "each operation");
    }

    @Test
    void financialOperationWithoutRecall() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class, Forgetful.class),
                "operation pay is FINANCIAL and needs a recall",
                "each financial one a recall");
    }

    @Test
    void settingThatIsRefused() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class)
                        .properties("semel.failpoints.enabled=true", "spring.profiles.active=prod"),
                "semel.failpoints.enabled makes writes fail on purpose",
                "Correct the setting");
    }

    @Test
    void settingOutOfRange() {
        assertSaid(
                on(database.pool(1), Bare.class, Callers.class).properties("semel.relay.workers=0"),
                "semel.relay.workers must be between 1 and 64",
                "Update your application's configuration");
    }

    @Test
    void handlerOfARouteIsTheOperationsWithoutARouteToo() {
        try (ConfigurableApplicationContext context = on(database.pool(2), Bare.class, Routed.class)
                .web(WebApplicationType.NONE)
                .run()) {
            assertThat(context.getBean(Semel.class)
                            .execute(NOTE, new Caller("acme", "alice", "r1"), Key.of("routed"), "tea")
                            .result())
                    .isEqualTo("tea is noted");
        }
    }

    @Test
    void applicationWithoutHttpNeedsNeitherRoutesNorCallers() {
        try (ConfigurableApplicationContext context = on(database.pool(2), Bare.class, Handled.class)
                .web(WebApplicationType.NONE)
                .run()) {
            Semel semel = context.getBean(Semel.class);

            assertThat(semel.execute(NOTE, new Caller("acme", "alice", "r1"), Key.of("without-http"), "tea")
                            .result())
                    .isEqualTo("tea is noted");
            assertThat(context.getBean(MeterRegistry.class)
                            .get("idempotent.writes")
                            .tag("operation", "note")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }
}
