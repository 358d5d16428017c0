package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A write's boundaries are logged; what it holds is not. */
@ExtendWith(PostgresExtension.class)
class BoundaryLogTest {
    private static final String PAYLOAD = "{\"name\":\"PAYLOAD\"}";

    private final TicketShop shop;
    private final Http http;
    private final Logger logger = (Logger) LoggerFactory.getLogger("semel.boundary");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    BoundaryLogTest(TestDatabase database) {
        shop = TicketShop.start(database, "logging.level.semel.boundary=INFO");
        http = new Http(shop.url());
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        shop.close();
    }

    private List<JsonNode> logged() {
        return lines.list.stream()
                .map(event -> new JsonMapper().readTree(event.getFormattedMessage()))
                .toList();
    }

    @Test
    void executionReplayAndRefusalAreLoggedWithTheirRequestIds() {
        http.send("POST", "/tickets", PAYLOAD, b -> keyed("SECRETKEY").apply(b).header("X-Request-Id", "r-1"));
        http.send("POST", "/tickets", PAYLOAD, b -> keyed("SECRETKEY").apply(b).header("X-Request-Id", "r-2"));
        http.send(
                "POST",
                "/tickets",
                "{\"name\":\"OTHER\"}",
                b -> keyed("SECRETKEY").apply(b).header("X-Request-Id", "r-3"));

        List<JsonNode> logged = logged();
        assertThat(logged)
                .extracting(line -> line.path("boundary").asString() + " "
                        + line.path("reqId").asString())
                .containsExactly("BEGIN r-1", "COMMIT r-1", "BEGIN r-2", "COMMIT r-2", "BEGIN r-3", "ROLLBACK r-3");
        assertThat(logged.get(1).propertyNames())
                .containsExactlyInAnyOrder(
                        "boundary", "reqId", "tenantId", "userId", "docId", "operation", "durationMs");
        assertThat(logged.get(3).path("code").asString()).isEqualTo("REPLAYED");
        assertThat(logged.get(5).path("code").asString()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("PAYLOAD") || line.contains("OTHER") || line.contains("SECRETKEY"));
    }

    @Test
    void hostileResourceIdBreaksNoLine() {
        http.send("PUT", "/tickets/a%22%0A%7B", PAYLOAD, keyed("k"));
        http.send("DELETE", "/tickets/" + "a".repeat(500), null, keyed("k2"));

        assertThat(logged())
                .allSatisfy(line -> assertThat(line.path("docId").asString())
                        .hasSizeLessThanOrEqualTo(64)
                        .doesNotContain("\"", "\n", "{"));
    }
}
