package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.awaitility.Awaitility.await;

import dev.semel.postgres.PostgresConnection;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Two applications on one database, with nothing configured but how to log in to it. */
@ExtendWith(PostgresExtension.class)
class NotificationWiringTest {
    private final TestDatabase database;

    NotificationWiringTest(TestDatabase database) {
        this.database = database;
        TicketShop.start(database).close();
        database.run("TRUNCATE semel.daily_usage, semel.outbox_events");
    }

    private ConfigurableApplicationContext start(String... properties) {
        PostgresConnection login = database.owner();
        return new SpringApplicationBuilder(TicketShop.Application.class, TicketShop.Tickets.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=WARN",
                        "semel.migrate=false",
                        "semel.relay.poll-interval=10m",
                        "spring.datasource.url=" + login.jdbcUrl(),
                        "spring.datasource.username=" + login.user(),
                        "spring.datasource.password=" + login.password(),
                        "spring.datasource.hikari.connection-init-sql=SET ROLE semel_app")
                .properties(properties)
                .run();
    }

    @Test
    void eventsOfAProcessThatDoesNotDeliverAreDeliveredAtOnceByOneThatDoes() {
        try (ConfigurableApplicationContext writing = start("semel.relay.enabled=false");
                ConfigurableApplicationContext delivering = start()) {
            await().until(() -> database.number(
                            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'semel-notifications'")
                    == 2);

            int port = ((ServletWebServerApplicationContext) writing)
                    .getWebServer()
                    .getPort();
            new Http("http://127.0.0.1:" + port).send("POST", "/tickets", "{\"name\":\"tea\"}", keyed("told"));

            await().until(() -> database.number("SELECT coalesce(sum(count), 0) FROM semel.daily_usage") == 1);
        }
    }
}
