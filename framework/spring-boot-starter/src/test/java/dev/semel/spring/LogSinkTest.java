package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.semel.outbox.LogSink;
import dev.semel.outbox.Subscription;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import dev.semel.testkit.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event that has left is a line of the log; what it holds is not. */
@ExtendWith(PostgresExtension.class)
class LogSinkTest {
    private final TestDatabase database;
    private final TicketShop shop;
    private final Logger logger = (Logger) LoggerFactory.getLogger("semel.events");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    LogSinkTest(TestDatabase database) {
        this.database = database;
        shop = TicketShop.start(database, "semel.relay.enabled=false", "logging.level.semel.events=INFO");
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        shop.close();
    }

    @Test
    void eventIsLoggedByWhatHappenedAndNotByWhatItHolds() {
        new Http(shop.url())
                .send(
                        "POST",
                        "/tickets",
                        "{\"name\":\"PAYLOAD\"}",
                        b -> keyed("SECRETKEY").apply(b).header("X-Request-Id", "r-1"));

        try (TestRelay relay = TestRelay.of(database, Subscription.toAll("log", new LogSink()))) {
            assertThat(relay.drain()).isPositive();
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isNotEmpty()
                .noneMatch(line -> line.contains("PAYLOAD") || line.contains("SECRETKEY"))
                .allSatisfy(line -> {
                    JsonNode event = new JsonMapper().readTree(line);
                    assertThat(event.propertyNames())
                            .containsExactlyInAnyOrder(
                                    "event", "eventId", "tenantId", "operation", "reqId", "number", "createdAt");
                    assertThat(event.path("reqId").asString()).isEqualTo("r-1");
                });
    }
}
