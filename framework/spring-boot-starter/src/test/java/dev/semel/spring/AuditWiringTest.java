package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.semel.audit.AuditHead;
import dev.semel.audit.AuditVerifier;
import dev.semel.audit.AuditWriter;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An application on the starter has the audit log without asking for it. */
@ExtendWith(PostgresExtension.class)
class AuditWiringTest {
    private final TestDatabase database;

    AuditWiringTest(TestDatabase database) {
        this.database = database;
    }

    private long rows(String status) {
        return database.number("SELECT count(*) FROM semel.idempotent_write_audit_log WHERE status = '" + status + "'");
    }

    /** What is just being written holds the sealing up. */
    private static void flush(TicketShop shop) {
        AuditWriter writer = shop.beans(AuditWriter.class).iterator().next();
        assertThat(writer.flush(Duration.ofSeconds(20))).isTrue();
    }

    private static void createThenReplayThenMisuse(TicketShop shop) {
        Http http = new Http(shop.url());
        http.send("POST", "/tickets", "{\"name\":\"tea\"}", keyed("k"));
        http.send("POST", "/tickets", "{\"name\":\"tea\"}", keyed("k"));
        http.send("POST", "/tickets", "{\"name\":\"mate\"}", keyed("k"));
    }

    private static void runJobs(TicketShop shop) throws Exception {
        for (MaintenanceJob job : shop.beans(MaintenanceJob.class)) {
            job.run();
        }
    }

    @Test
    void replaysAndRefusalsAreAuditedAndCounted() {
        try (TicketShop shop = TicketShop.start(database)) {
            createThenReplayThenMisuse(shop);
            flush(shop);

            assertThat(shop.meters()
                            .get("audit.entries")
                            .tag("result", "written")
                            .counter()
                            .count())
                    .isEqualTo(2);
            assertThat(shop.meters()
                            .get("audit.entries")
                            .tag("result", "lost")
                            .counter()
                            .count())
                    .isZero();
        }
        assertThat(rows("EXECUTED")).isEqualTo(1);
        assertThat(rows("REPLAYED")).isEqualTo(1);
        assertThat(rows("REFUSED")).isEqualTo(1);
    }

    @Test
    void whatIsQueuedAtTheEndIsWritten() {
        try (TicketShop shop = TicketShop.start(database)) {
            createThenReplayThenMisuse(shop);
        }
        assertThat(rows("REPLAYED") + rows("REFUSED")).isEqualTo(2);
    }

    @Test
    void monthsLeaveOnlyWhereThereIsAFolderForThem(@TempDir Path folder) throws Exception {
        try (TicketShop shop = TicketShop.start(database)) {
            assertThat(shop.beans(MaintenanceJob.class))
                    .extracting(MaintenanceJob::name)
                    .contains("audit-partitions", "audit-seal")
                    .doesNotContain("audit-export", "audit-cleanup");
            createThenReplayThenMisuse(shop);
            flush(shop);
            runJobs(shop);
        }
        try (TicketShop shop = TicketShop.start(database, "semel.audit.archive-folder=" + folder)) {
            assertThat(shop.beans(MaintenanceJob.class))
                    .extracting(MaintenanceJob::name)
                    .contains("audit-partitions", "audit-seal", "audit-export", "audit-cleanup");
            createThenReplayThenMisuse(shop);
            flush(shop);
            runJobs(shop);
            AuditVerifier verifier = shop.beans(AuditVerifier.class).iterator().next();
            assertThat(verifier.verify().intact()).isTrue();
            assertThat(verifier.verify().verifiedRows()).isPositive();
        }
    }

    @Test
    void headsAreLoggedSoThatAnAnchorExistsOutsideOfTheDatabase() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("semel.audit");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        try (TicketShop shop = TicketShop.start(database)) {
            logger.setLevel(Level.INFO); // after the start, which configures the log anew
            logger.addAppender(lines);
            createThenReplayThenMisuse(shop);
            flush(shop);
            runJobs(shop);
            AuditVerifier verifier = shop.beans(AuditVerifier.class).iterator().next();
            AuditHead head = verifier.verify().heads().get(0);

            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.startsWith("audit head month=" + head.month() + " seals=" + head.seals())
                            && line.endsWith("hash=" + head.hash()));
        } finally {
            logger.detachAppender(lines);
        }
    }
}
