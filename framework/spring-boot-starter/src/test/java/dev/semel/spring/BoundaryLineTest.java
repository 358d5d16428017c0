package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.semel.BoundaryLog;
import dev.semel.Caller;
import dev.semel.Committed;
import dev.semel.Operation;
import dev.semel.WriteInfo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever reads the boundary log reads these lines, to the character. */
class BoundaryLineTest {
    private static final Operation<String, String> OPERATION =
            Operation.financial("createPayment", String.class, String.class).build();

    private final BoundaryLog log = new BoundaryLog();
    private final Logger logger = (Logger) LoggerFactory.getLogger("semel.boundary");
    private final Level level = logger.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(level);
    }

    private static WriteInfo write(String user, String resourceId) {
        return new WriteInfo(new Caller("acme", user, "r-1"), OPERATION, resourceId);
    }

    private List<String> logged() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void eachEndHasItsLine() {
        WriteInfo write = write("u-7", "3f0e");
        log.began(write);
        log.committed(write, new Committed(false, 2, Duration.ofNanos(12_345_678)));
        log.committed(write, new Committed(true, 0, Duration.ofNanos(499)));
        log.rolledBack(write, "KEY_EXPIRED", Duration.ofSeconds(3));

        String asked =
                ",\"reqId\":\"r-1\",\"tenantId\":\"acme\",\"userId\":\"u-7\",\"docId\":\"3f0e\",\"operation\":\"createPayment\"";
        assertThat(logged())
                .containsExactly(
                        "{\"boundary\":\"BEGIN\"" + asked + "}",
                        "{\"boundary\":\"COMMIT\"" + asked + ",\"durationMs\":12.346}",
                        "{\"boundary\":\"COMMIT\"" + asked + ",\"code\":\"REPLAYED\",\"durationMs\":0.0}",
                        "{\"boundary\":\"ROLLBACK\"" + asked + ",\"code\":\"KEY_EXPIRED\",\"durationMs\":3000.0}");
    }

    @Test
    void plainIdentifiersAreShown() {
        String all = "azAZ09._:-";
        String longest = "a".repeat(64);
        log.began(write(all, longest));

        assertThat(logged())
                .singleElement()
                .asString()
                .contains("\"userId\":\"" + all + "\",\"docId\":\"" + longest + "\"");
    }

    @Test
    void anyOtherIsShownByItsHash() {
        // each of the neighbours in ASCII of what is plain; what formats and breaks lines; letters and digits elsewhere
        // in the world
        for (char hostile : "@[`{/;,\"\\\n\r\t\0 %$}éж٣\uD83D\uFF21".toCharArray()) {
            assertThat(docId("a" + hostile + "b")).as("%x", (int) hostile).matches("sha256:[0-9a-f]{16}");
        }
        assertThat(docId("")).isEqualTo("sha256:15ec7bf0b50732b4");
        assertThat(docId("a".repeat(65))).isEqualTo("sha256:42cfc92de9fdaf97");
        assertThat(docId("{}")).isEqualTo("sha256:69f80274cbd72e33");
        assertThat(docId("anna@example.com")).isEqualTo("sha256:37be25a07958f9f5");
    }

    /** What comes after it in the line is as ever. */
    private String docId(String resourceId) {
        lines.list.clear();
        log.began(write("u-7", resourceId));
        String before =
                "{\"boundary\":\"BEGIN\",\"reqId\":\"r-1\",\"tenantId\":\"acme\",\"userId\":\"u-7\",\"docId\":\"";
        String after = "\",\"operation\":\"createPayment\"}";
        assertThat(logged()).singleElement().asString().startsWith(before).endsWith(after);
        String line = logged().get(0);
        return line.substring(before.length(), line.length() - after.length());
    }
}
