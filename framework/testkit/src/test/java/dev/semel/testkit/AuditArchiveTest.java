package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Semel;
import dev.semel.audit.AuditArchive;
import dev.semel.audit.AuditConfig;
import dev.semel.audit.AuditExportException;
import dev.semel.audit.AuditFinding;
import dev.semel.audit.AuditFinding.ChainBroken;
import dev.semel.audit.AuditFinding.FileBroken;
import dev.semel.audit.AuditFinding.RowChanged;
import dev.semel.audit.AuditFinding.RowInserted;
import dev.semel.audit.AuditFinding.RowMissing;
import dev.semel.audit.AuditFinding.SealBroken;
import dev.semel.audit.AuditHead;
import dev.semel.audit.AuditVerification;
import dev.semel.jackson.JacksonCodec;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Old months leave the log for files and come back from nowhere but there; nothing is lost wherever it stops. */
@ExtendWith(PostgresExtension.class)
class AuditArchiveTest extends AuditFixture {
    private static final YearMonth OLD = NOW.minusYears(8);

    private final Path folder;
    private final AuditArchive archive;

    AuditArchiveTest(TestDatabase database, @TempDir Path temporary) {
        super(database);
        folder = temporary.resolve("archive");
        archive = AuditArchive.of(maintenance, JacksonCodec.ofDefaults(), folder);
    }

    private AuditConfig.Builder config() {
        return AuditConfig.builder().archiveFolder(folder);
    }

    private JobResult exportJob() throws Exception {
        return job("audit-export", config().build()).run();
    }

    private void sealedMonth(YearMonth month) throws Exception {
        makeMonth(month);
        rows(month, "acme", 12);
        rows(month, "globex", 13);
        database.run("UPDATE " + LOG + " SET user_id = 'Ünïcode \"quoted\" \\ \n \u2028', code = '' WHERE resource_id ="
                + " 'order-7'");
        seal();
    }

    private Path rowsFile(YearMonth month) {
        return folder.resolve("audit-" + month + ".jsonl.gz");
    }

    private String state(YearMonth month) {
        return List.of("OPEN", "DETACHED", "ATTACHED", "DROPPED").get((int)
                database.number("SELECT array_position(ARRAY['OPEN', 'DETACHED', 'ATTACHED', 'DROPPED'], state) - 1"
                        + " FROM semel.audit_anchors WHERE month = '" + month + "-01'"));
    }

    @Test
    void exportRoundTripsAndTheDetachedMonthComesBackForAQuery() throws Exception {
        sealedMonth(PAST);
        rows(NOW, "acme", 3);
        seal();

        assertThat(exportJob()).isEqualTo(new JobResult(1, 0));

        assertThat(count(LOG)).as("only what is hot is left").isEqualTo(3);
        assertThat(state(PAST)).isEqualTo("DETACHED");
        AuditVerification exported = archive.verifyExport(archive.manifest(PAST));
        assertThat(exported.findings()).isEmpty();
        assertThat(exported.verifiedRows()).isEqualTo(25);
        assertThat(exported.heads()).containsExactly(head(PAST));
        assertThat(verify().findings()).isEmpty();
        assertThat(verify().detached()).containsExactly(PAST);

        assertThat(archive.attach(PAST)).isTrue();
        assertThat(verify().verifiedRows()).isEqualTo(28);
        assertThat(verify().findings()).isEmpty();
        Semel semel = shop.node(2);
        assertThat(semel.<Boolean>read("globex", connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement
                                .executeQuery("SELECT FROM " + LOG
                                        + " WHERE tenant_id = 'globex' AND resource_id = 'order-13' AND at < '" + NOW
                                        + "-01T00:00Z'")
                                .next();
                    }
                }))
                .isTrue();
        assertThat(exportJob()).as("left alone while it is looked at").isEqualTo(new JobResult(0, 0));
        assertThat(archive.detach(PAST)).isTrue();
        assertThat(count(LOG)).isEqualTo(3);
    }

    private AuditHead head(YearMonth month) throws Exception {
        return verifier.verify(month, List.of()).heads().get(0);
    }

    @Test
    void filesBelongToTheirOwnerAlone() throws Exception {
        sealedMonth(PAST);
        Path manifest = archive.export(PAST);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(manifest)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rowsFile(PAST))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            assertThat(files).as("no temporary file stays").hasSize(2);
        }
    }

    @Test
    void monthsAreExportedOnlyWhenTheyAreOldAndWhole() throws Exception {
        makeMonth(NOW.minusMonths(2));
        rows(NOW.minusMonths(2), "acme", 3);
        makeMonth(PAST);
        rows(PAST, "acme", 3);

        assertThatThrownBy(this::exportJob)
                .isInstanceOf(AuditExportException.class)
                .hasMessageContaining("3 rows are not sealed");
        seal();
        assertThat(exportJob()).isEqualTo(new JobResult(1, 0));
        assertThat(count(LOG)).as("two months are not 90 days").isEqualTo(3);
        assertThatThrownBy(() -> archive.export(NOW)).isInstanceOf(AuditExportException.class);
    }

    @Test
    void monthThatWasTamperedWithIsNotExportedAndStopsNoOther() throws Exception {
        sealedMonth(PAST);
        sealedMonth(PAST.minusMonths(1));
        database.run("DELETE FROM " + partition(PAST.minusMonths(1)) + " WHERE resource_id = 'order-3'");

        assertThatThrownBy(this::exportJob)
                .isInstanceOfSatisfying(
                        AuditExportException.class,
                        e -> assertThat(e.findings()).hasSize(2).allMatch(finding -> finding instanceof RowMissing));
        assertThat(state(PAST)).isEqualTo("DETACHED");
        assertThat(state(PAST.minusMonths(1))).isEqualTo("OPEN");
        assertThat(rowsFile(PAST.minusMonths(1))).doesNotExist();
    }

    @Test
    void monthWithoutRowsGoesTheSameWay() throws Exception {
        makeMonth(PAST);

        assertThat(exportJob()).isEqualTo(new JobResult(1, 0));
        assertThat(archive.verifyExport(archive.manifest(PAST)).findings()).isEmpty();
    }

    @Test
    void rowAfterTheExportIsSealedAndExportedAnewBeforeTheMonthLeaves() throws Exception {
        sealedMonth(PAST);
        archive.export(PAST);
        rows(PAST, "acme", 1);
        assertRefused(() -> archive.detach(PAST));
        seal();
        assertThat(verify().unsealedRows()).isZero();
        assertThat(
                        count(
                                "semel.audit_anchors WHERE export_file IS NULL AND export_sha256 IS NULL AND exported_at IS NULL"))
                .as("an export that lacks a row is none")
                .isEqualTo(1);
        assertRefused(() -> archive.detach(PAST));

        assertThat(exportJob()).isEqualTo(new JobResult(1, 0));

        assertThat(archive.verifyExport(archive.manifest(PAST)).verifiedRows()).isEqualTo(26);
        assertThat(archive.verifyExport(archive.manifest(PAST)).findings()).isEmpty();
        assertThat(state(PAST)).isEqualTo("DETACHED");
    }

    /** Maintenance may write these columns: what they say must not be enough to have rows leave that no seal knows. */
    @Test
    void wrongAnchorLetsNoUnsealedRowLeave() throws Exception {
        sealedMonth(PAST);
        archive.export(PAST);
        rows(PAST, "acme", 2);
        for (String wrong : List.of(
                "last_id = 1000000", "last_id = 1000000, row_count = 27", "seals = seals + 1, last_id = 1000000")) {
            database.run("UPDATE semel.audit_anchors SET " + wrong);
            assertRefused(() -> archive.detach(PAST));
        }
        assertThat(count(LOG)).isEqualTo(27);
    }

    @Test
    void rowUnderANewIdInTheSteadOfASealedOneKeepsTheMonthInTheLog() throws Exception {
        sealedMonth(PAST);
        archive.export(PAST);
        database.run("UPDATE " + LOG + " SET id = 0 WHERE resource_id = 'order-3' AND tenant_id = 'acme'");

        assertRefused(() -> archive.detach(PAST));
    }

    @Test
    void wrongAnchorLetsNoUnsealedRowBeRemoved() throws Exception {
        sealedMonth(OLD);
        exportJob();
        database.run(
                insert("timestamptz '" + OLD + "-16 12:00:00+00'", "acme", 1).replace(LOG, partition(OLD)));

        assertRefused(() -> archive.drop(OLD));
        assertThat(count(partition(OLD))).isEqualTo(26);
    }

    @Test
    void rowForAMonthThatHasLeftIsNotSealed() throws Exception {
        sealedMonth(PAST);
        exportJob();
        rows(PAST, "acme", 1);

        seal();

        assertThat(verify().unsealedRows()).isEqualTo(1);
        assertThat(verify().findings()).isEmpty();
        assertThat(verify().detached()).containsExactly(PAST);
        assertThat(archive.verifyExport(archive.manifest(PAST)).findings()).isEmpty();
    }

    @Test
    void lateRowOfAMonthThatWasRemovedIsNoFinding() throws Exception {
        sealedMonth(OLD);
        exportJob();
        job("audit-cleanup", config().build()).run();
        AuditHead head = head(OLD);
        rows(OLD, "acme", 2);

        AuditVerification verification = verifier.verify(List.of(head));

        assertThat(verification.findings()).isEmpty();
        assertThat(verification.unsealedRows()).isEqualTo(2);
        assertThat(verification.detached()).containsExactly(OLD);
    }

    private static void assertRefused(ThrowingCallable move) {
        assertThatThrownBy(move)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));
    }

    @Test
    void crashAfterEachStepIsGoneOnFrom() throws Exception {
        sealedMonth(PAST);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(".audit-" + PAST + ".jsonl.gz.tmp"), "a crash while it was written");
        Files.writeString(rowsFile(PAST), "a crash before the manifest was written");
        archive.export(PAST);
        byte[] first = Files.readAllBytes(rowsFile(PAST));
        assertThat(exportJob()).as("a crash before it was detached").isEqualTo(new JobResult(1, 0));
        assertThat(Files.readAllBytes(rowsFile(PAST))).isEqualTo(first);

        archive.attach(PAST);
        database.run("UPDATE semel.audit_anchors SET state = 'OPEN'");
        Files.delete(rowsFile(PAST));
        assertThat(exportJob()).as("files that got lost are written again").isEqualTo(new JobResult(1, 0));
        assertThat(archive.verifyExport(archive.manifest(PAST)).findings()).isEmpty();
    }

    @Test
    void cleanupRemovesTableAndFilesAndKeepsTheAnchor() throws Exception {
        sealedMonth(OLD);
        sealedMonth(PAST);
        exportJob();
        assertThat(count("pg_class WHERE relname = '" + partition(OLD).substring("semel.".length())
                        + "' AND relrowsecurity AND relforcerowsecurity"))
                .as("a detached month hides its rows even from its owner, whose DELETE would find none")
                .isEqualTo(1);

        assertThat(job("audit-cleanup", config().build()).run()).isEqualTo(new JobResult(1, 0));

        assertThat(count("pg_class WHERE relname = '" + partition(OLD).substring("semel.".length()) + "'"))
                .isZero();
        assertThat(count("semel.audit_seals WHERE month = '" + OLD + "-01'")).isZero();
        assertThat(state(OLD)).isEqualTo("DROPPED");
        assertThat(state(PAST)).isEqualTo("DETACHED");
        assertThat(archive.verifyExport(archive.manifest(OLD)).verifiedRows()).isEqualTo(25);
        assertThat(verify().findings()).isEmpty();

        assertThat(job("audit-cleanup", config().removeFiles(true).build()).run())
                .as("a crash between table and files")
                .isEqualTo(new JobResult(0, 0));
        assertThat(rowsFile(OLD)).doesNotExist();
        assertThat(archive.manifest(OLD)).doesNotExist();
        assertThat(rowsFile(PAST)).exists();
        assertThat(count("semel.audit_anchors WHERE row_count = 25 AND export_sha256 IS NOT NULL"))
                .isEqualTo(2);
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void monthWhoseExportIsElsewhereOrBrokenIsNotRemovedAndStopsNoOther() throws Exception {
        sealedMonth(OLD);
        sealedMonth(OLD.minusMonths(1));
        exportJob();
        MaintenanceJob cleanup = job("audit-cleanup", config().removeFiles(true).build());
        byte[] whole = Files.readAllBytes(rowsFile(OLD));
        Files.write(rowsFile(OLD), new byte[] {1});
        assertThatThrownBy(cleanup::run).isInstanceOf(AuditExportException.class);
        assertThat(state(OLD)).isEqualTo("DETACHED");
        assertThat(state(OLD.minusMonths(1))).isEqualTo("DROPPED");

        Files.write(rowsFile(OLD), whole);
        Path elsewhere = Files.move(folder, folder.resolveSibling("elsewhere"));
        assertThat(cleanup.run()).isEqualTo(new JobResult(0, 1));
        assertThat(state(OLD)).isEqualTo("DETACHED");

        job("audit-cleanup", config().build()).run();
        Files.move(elsewhere, folder);
        assertThat(cleanup.run()).isEqualTo(new JobResult(1, 0));
        assertThat(rowsFile(OLD)).doesNotExist();
    }

    @Test
    void filesThatAreElsewhereAreNotNotedAsRemoved() throws Exception {
        sealedMonth(OLD);
        exportJob();
        job("audit-cleanup", config().build()).run();
        MaintenanceJob cleanup = job("audit-cleanup", config().removeFiles(true).build());
        Path elsewhere = Files.move(folder, folder.resolveSibling("elsewhere"));
        cleanup.run();
        assertThat(count("semel.audit_anchors WHERE files_removed_at IS NOT NULL"))
                .isZero();

        Files.move(elsewhere, folder);
        cleanup.run();
        assertThat(rowsFile(OLD)).doesNotExist();
        assertThat(count("semel.audit_anchors WHERE files_removed_at IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void filesThatAnotherNodeHasAreNotNotedAsRemoved() throws Exception {
        sealedMonth(OLD);
        exportJob();
        job("audit-cleanup", config().build()).run();

        AuditArchive.of(maintenance, JacksonCodec.ofDefaults(), folder.resolveSibling("elsewhere"))
                .removeFiles(OLD);
        assertThat(rowsFile(OLD)).exists();
        assertThat(count("semel.audit_anchors WHERE files_removed_at IS NOT NULL"))
                .isZero();

        archive.removeFiles(OLD);
        assertThat(rowsFile(OLD)).doesNotExist();
        assertThat(archive.manifest(OLD)).doesNotExist();
        assertThat(count("semel.audit_anchors WHERE files_removed_at IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void manifestThatARunLeftWhenItDiedIsRemovedByTheNext() throws Exception {
        sealedMonth(OLD);
        exportJob();
        byte[] manifest = Files.readAllBytes(archive.manifest(OLD));
        MaintenanceJob cleanup = job("audit-cleanup", config().removeFiles(true).build());
        cleanup.run();
        Files.write(archive.manifest(OLD), manifest);

        cleanup.run();

        assertThat(archive.manifest(OLD)).doesNotExist();
    }

    @Test
    void writesDoNotQueueBehindADetachThatHasToWait() throws Exception {
        sealedMonth(PAST);
        archive.export(PAST);
        Semel semel = shop.node(4);
        Shop.pay(semel, "warm", Shop.TEA);
        try (Connection reader = pool.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT FROM " + LOG);
            var detaching = Together.async(() -> {
                for (int i = 0; i < 10; i++) {
                    assertThat(archive.detach(PAST)).isFalse();
                }
                return true;
            });
            long longest = 0;
            for (int i = 0; !detaching.isDone(); i++) {
                long start = System.nanoTime();
                Shop.pay(semel, "k" + i, Shop.TEA);
                longest = Math.max(longest, System.nanoTime() - start);
            }
            assertThat(detaching.get()).isTrue();
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(5));
            reader.rollback();
        }
        assertThat(archive.detach(PAST)).isTrue();
    }

    @Test
    void fileThatWasTamperedWithIsFound() throws Exception {
        sealedMonth(PAST);
        Path manifest = archive.export(PAST);

        assertThat(tampered(manifest, lines -> lines.replaceFirst("alice", "mallory")))
                .anyMatch(finding -> finding instanceof RowChanged)
                .anyMatch(finding -> finding instanceof FileBroken);
        assertThat(tampered(manifest, lines -> lines.substring(lines.indexOf('\n') + 1)))
                .contains(new SealBroken(PAST, 1))
                .anyMatch(finding -> finding instanceof ChainBroken);
        assertThat(tampered(manifest, lines -> lines + lines.substring(0, lines.indexOf('\n') + 1)))
                .anyMatch(finding -> finding instanceof RowInserted);
        assertThat(tampered(manifest, lines -> lines + "{\"digest\":1}\n"))
                .anyMatch(finding -> finding instanceof FileBroken);
        assertThat(tampered(manifest, lines -> lines.replaceFirst("T12:00:01Z", "yesterday")))
                .anyMatch(finding -> finding instanceof FileBroken);
    }

    private List<AuditFinding> tampered(Path manifest, UnaryOperator<String> change) throws Exception {
        byte[] whole = Files.readAllBytes(rowsFile(PAST));
        String lines;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(rowsFile(PAST)))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(changed)) {
            out.write(change.apply(lines).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(rowsFile(PAST), changed.toByteArray());
        try {
            return archive.verifyExport(manifest).findings();
        } finally {
            Files.write(rowsFile(PAST), whole);
        }
    }

    @Test
    void exportThatIsWholeButNotTheOneThatWasAnchoredIsFound() throws Exception {
        sealedMonth(PAST);
        Path manifest = archive.export(PAST);
        database.run("UPDATE semel.audit_anchors SET head = sha256('other'), export_sha256 = sha256('other')");

        assertThat(archive.verifyExport(manifest).findings())
                .containsExactly(
                        new ChainBroken(PAST, "the export is not what its anchor says"),
                        new FileBroken(
                                PAST, rowsFile(PAST).getFileName().toString(), "it is not the file that was exported"));
    }

    @Test
    void hostileManifestLeadsNowhere() throws Exception {
        sealedMonth(PAST);
        Path manifest = archive.export(PAST);
        String json = Files.readString(manifest);

        for (String hostile : List.of(
                json.replace("audit-" + PAST + ".jsonl.gz", "../../../../etc/passwd"),
                json.replace("\"version\":1", "\"version\":2"),
                json.substring(0, json.length() / 2),
                "[]",
                "null",
                "")) {
            Files.writeString(manifest, hostile);
            assertThat(archive.verifyExport(manifest).findings())
                    .as(hostile)
                    .singleElement()
                    .isInstanceOf(FileBroken.class);
        }
        Files.delete(manifest);
        assertThat(archive.verifyExport(manifest).findings()).singleElement().isInstanceOf(FileBroken.class);
        assertThatThrownBy(() -> archive.verifyExport(folder.resolve("other.json")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
