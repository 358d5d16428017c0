package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.audit.AuditArchive;
import dev.semel.audit.AuditConfig;
import dev.semel.audit.AuditExportException;
import dev.semel.audit.AuditFinding;
import dev.semel.audit.AuditFinding.RowChanged;
import dev.semel.audit.AuditFinding.RowInserted;
import dev.semel.audit.AuditFinding.RowMissing;
import dev.semel.audit.AuditVerification;
import dev.semel.audit.AuditVerifier;
import dev.semel.jackson.JacksonCodec;
import dev.semel.maintenance.MaintenanceTransactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A month is read a thousand rows at a time, and comes to the same whatever happens between two pages. */
@ExtendWith(PostgresExtension.class)
class AuditPagesTest extends AuditFixture {
    private static final int ROWS = 3_500;
    private static final YearMonth OLD = NOW.minusYears(8);

    /** What happens in the gap before a page. */
    private interface Gap {
        void pass(int page) throws Exception;
    }

    private final AtomicInteger pages = new AtomicInteger();
    private volatile Gap gap = page -> {};
    private final MaintenanceTransactions reading;
    private final AuditArchive archive;
    private final Path folder;

    AuditPagesTest(TestDatabase database, @TempDir Path temporary) {
        super(database);
        folder = temporary.resolve("archive");
        archive = AuditArchive.of(maintenance, JacksonCodec.ofDefaults(), folder);
        reading = MaintenanceTransactions.of(InterceptedDataSource.of(database.pool(2), new StatementHook() {
            @Override
            public void before(String sql) throws SQLException {
                if (sql.contains("REPEATABLE READ")) {
                    passGap();
                }
            }
        }));
    }

    private void passGap() throws SQLException {
        try {
            gap.pass(pages.incrementAndGet());
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException(e);
        }
    }

    private void seal(int segmentRows) throws Exception {
        job("audit-seal", AuditConfig.builder().segmentRows(segmentRows).build())
                .run();
    }

    private void sealedMonth(YearMonth month, int segmentRows) throws Exception {
        makeMonth(month);
        rows(month, "acme", ROWS - 1_000);
        rows(month, "globex", 1_000);
        seal(segmentRows);
    }

    private AuditVerification verifyWith(Gap between) throws Exception {
        gap = between;
        pages.set(0);
        return AuditVerifier.of(reading).verify();
    }

    /** The action in the gap before the page. */
    private static Gap before(int wanted, Callable<?> action) {
        return page -> {
            if (page == wanted) {
                action.call();
            }
        };
    }

    private static void assertIntact(AuditVerification verification, long verified) {
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.verifiedRows()).isEqualTo(verified);
    }

    @Test
    void noTransactionOutlivesAPage() throws Exception {
        sealedMonth(PAST, 300);
        List<Long> held = new ArrayList<>();

        assertIntact(verifyWith(page -> held.add(database.number("""
                        SELECT count(*) FROM pg_stat_activity
                         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                           AND backend_xmin IS NOT NULL""") + database.number("""
                        SELECT count(*) FROM pg_locks
                         WHERE relation = 'semel.idempotent_write_audit_log'::regclass AND pid <> pg_backend_pid()"""))), ROWS);

        assertThat(held).as("nothing is held between two pages").containsOnly(0L);
        assertThat(pages).hasValueGreaterThanOrEqualTo(ROWS / 1_000 + 1);
    }

    @Test
    void sealsOfEachSizeComeToTheSame() throws Exception {
        for (int segmentRows : List.of(7, 999, 1_000, 1_001, 2_500, 10_000)) {
            shop.run("TRUNCATE semel.idempotent_write_audit_log, semel.audit_anchors, semel.audit_seals");
            sealedMonth(PAST, segmentRows);
            rows(PAST, "acme", 1_001);

            AuditVerification verification = verifyWith(page -> {});

            assertIntact(verification, ROWS);
            assertThat(verification.unsealedRows()).as("%s", segmentRows).isEqualTo(1_001);
        }
    }

    @Test
    void whatWasTamperedWithIsFoundOnEachSideOfAPage() throws Exception {
        for (int segmentRows : List.of(300, 1_000, 2_500)) {
            for (int row : List.of(0, 999, 1_000, 1_001, 2_000, ROWS - 1)) {
                shop.run("TRUNCATE semel.idempotent_write_audit_log, semel.audit_anchors, semel.audit_seals");
                sealedMonth(PAST, segmentRows);
                long id = database.number("SELECT id FROM " + LOG + " ORDER BY id OFFSET " + row + " LIMIT 1");
                String tenant = row < ROWS - 1_000 ? "acme" : "globex";

                database.run("UPDATE " + LOG + " SET user_id = 'mallory' WHERE id = " + id);
                assertFound(new RowChanged(PAST, tenant, id), ROWS - 1);
                database.run("UPDATE " + LOG + " SET user_id = 'alice' WHERE id = " + id);

                database.run(insert("timestamptz '" + PAST + "-20 12:00:00+00'", "initech", 1) + "; UPDATE " + LOG
                        + " SET id = " + id + " WHERE tenant_id = 'initech'");
                assertFound(new RowInserted(PAST, "initech", id), ROWS);
                database.run("DELETE FROM " + LOG + " WHERE tenant_id = 'initech'");

                database.run("DELETE FROM " + LOG + " WHERE id = " + id);
                assertFound(new RowMissing(PAST, tenant, id), ROWS - 1);
            }
        }
    }

    private void assertFound(AuditFinding finding, long verified) throws Exception {
        AuditVerification verification = verifyWith(page -> {});
        assertThat(verification.findings()).containsExactly(finding);
        assertThat(verification.verifiedRows()).isEqualTo(verified);
    }

    @Test
    void rowsThatAreSealedMeanwhileAreVerifiedOrUnsealed() throws Exception {
        for (int page = 1; page <= 6; page++) {
            shop.run("TRUNCATE semel.idempotent_write_audit_log, semel.audit_anchors, semel.audit_seals");
            sealedMonth(PAST, 300);

            AuditVerification verification = verifyWith(before(page, () -> {
                rows(PAST, "acme", 1_500);
                seal(300);
                rows(PAST, "acme", 10);
                return true;
            }));

            assertThat(verification.findings()).as("page %s", page).isEmpty();
            assertThat(verification.verifiedRows() + verification.unsealedRows())
                    .isIn((long) ROWS, ROWS + 1_510L);
        }
    }

    @Test
    void monthThatIsDetachedMeanwhileIsReadOnByItsSeals() throws Exception {
        sealedMonth(PAST, 300);
        archive.export(PAST);
        for (int page = 1; page <= 5; page++) {
            int left = page;
            AuditVerification verification = verifyWith(before(page, () -> {
                assertThat(archive.detach(PAST)).as("page %s", left).isTrue();
                return true;
            }));

            assertThat(verification.findings()).as("page %s", page).isEmpty();
            assertThat(verification.detached()).containsExactly(PAST);
            assertThat(verification.verifiedRows()).isEqualTo(Math.min(ROWS, 900L * (page - 1)));
            assertThat(verification.heads()).hasSize(1);
            archive.attach(PAST);
        }
    }

    @Test
    void monthThatLeavesAndComesBackMeanwhileIsReadOnWhereItWas() throws Exception {
        sealedMonth(PAST, 300);
        archive.export(PAST);
        for (int page = 1; page <= 5; page++) {
            assertIntact(
                    verifyWith(before(page, () -> {
                        archive.detach(PAST);
                        return archive.attach(PAST);
                    })),
                    ROWS);
        }
        int[] left = {0};
        AuditVerification verification = verifyWith(page -> {
            left[0] += page == 2 && archive.detach(PAST) ? 1 : 0;
            left[0] += page == 3 && archive.attach(PAST) ? 1 : 0;
        });
        assertThat(left[0]).isEqualTo(2);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.detached()).containsExactly(PAST);
    }

    @Test
    void monthThatIsRemovedMeanwhileIsNoFinding() throws Exception {
        for (int page = 1; page <= 4; page++) {
            YearMonth month = OLD.minusMonths(page);
            sealedMonth(month, 300);
            archive.export(month);
            AuditVerification verification = verifyWith(before(page, () -> {
                archive.detach(month);
                archive.drop(month);
                return true;
            }));

            assertThat(verification.findings()).as("page %s", page).isEmpty();
            assertThat(verification.detached()).contains(month);
        }
    }

    @Test
    void rowsThatMoveIntoTheirMonthMeanwhileAreReadOnce() throws Exception {
        for (int page = 1; page <= 5; page++) {
            YearMonth month = PAST.minusMonths(page);
            rows(month, "acme", ROWS);
            seal(300);
            assertIntact(verifyWith(before(page, job("audit-partitions", AuditConfig.ofDefaults())::run)), ROWS);
            assertThat(count(partition(month))).isEqualTo(ROWS);
            shop.run("TRUNCATE semel.idempotent_write_audit_log, semel.audit_anchors, semel.audit_seals");
        }
    }

    @Test
    void exportIsWrittenInPagesAndReadsBackWhole() throws Exception {
        sealedMonth(PAST, 300);
        AuditArchive writing = AuditArchive.of(reading, JacksonCodec.ofDefaults(), folder);
        Path first = writing.export(PAST);
        byte[] rows = Files.readAllBytes(folder.resolve("audit-" + PAST + ".jsonl.gz"));

        assertThat(pages).hasValueGreaterThanOrEqualTo(ROWS / 1_000 + 1);
        assertIntact(archive.verifyExport(first), ROWS);
        writing.export(PAST);
        assertThat(Files.readAllBytes(folder.resolve("audit-" + PAST + ".jsonl.gz")))
                .isEqualTo(rows);
    }

    @Test
    void exportOfAMonthThatLeavesMeanwhileIsNone() throws Exception {
        sealedMonth(PAST, 300);
        archive.export(PAST);
        AuditArchive elsewhere =
                AuditArchive.of(reading, JacksonCodec.ofDefaults(), folder.resolveSibling("elsewhere"));
        for (int page = 1; page <= 4; page++) {
            gap = before(page, () -> archive.detach(PAST));
            pages.set(0);
            assertThatThrownBy(() -> elsewhere.export(PAST))
                    .isInstanceOfSatisfying(
                            AuditExportException.class,
                            e -> assertThat(e.findings()).isEmpty())
                    .hasMessageContaining("its rows are not in the log");
            assertThat(folder.resolveSibling("elsewhere")).isEmptyDirectory();
            archive.attach(PAST);
        }
    }

    @Test
    void interruptEndsAVerification() throws Exception {
        sealedMonth(PAST, 300);

        assertThatThrownBy(() -> verifyWith(page -> {
                    if (page == 2) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(pages).hasValue(2);
    }
}
