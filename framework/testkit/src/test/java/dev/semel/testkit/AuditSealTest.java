package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Semel;
import dev.semel.audit.AuditConfig;
import dev.semel.audit.AuditFinding.ChainBroken;
import dev.semel.audit.AuditFinding.RowChanged;
import dev.semel.audit.AuditFinding.RowInserted;
import dev.semel.audit.AuditFinding.RowMissing;
import dev.semel.audit.AuditFinding.SealBroken;
import dev.semel.audit.AuditHead;
import dev.semel.audit.AuditVerification;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever changes a sealed row, however mighty, is found, and the row is named. */
@ExtendWith(PostgresExtension.class)
class AuditSealTest extends AuditFixture {
    AuditSealTest(TestDatabase database) {
        super(database);
    }

    private long idOf(int row) {
        return database.number("SELECT id FROM " + LOG + " ORDER BY id OFFSET " + row + " LIMIT 1");
    }

    private AuditVerification sealedThenTamperedBy(String sql) throws Exception {
        rows(NOW, "acme", 25);
        rows(NOW, "globex", 25);
        seal();
        assertThat(verify().findings()).isEmpty();
        assertThat(verify().verifiedRows()).isEqualTo(50);
        database.run(sql.formatted(idOf(12)));
        return verify();
    }

    @Test
    void changedRowIsNamed() throws Exception {
        for (String change : List.of(
                "user_id = 'mallory'",
                "at = at + interval '1 microsecond'",
                "result_id = gen_random_uuid()",
                "code = ''",
                "duration_micros = duration_micros + 1",
                "payload_hash = sha256('y')",
                "tenant_id = 'globex'")) {
            shop.run("TRUNCATE semel.idempotent_write_audit_log, semel.audit_anchors, semel.audit_seals");
            AuditVerification found = sealedThenTamperedBy("UPDATE " + LOG + " SET " + change + " WHERE id = %d");

            assertThat(found.findings()).as(change).containsExactly(new RowChanged(NOW, "acme", idOf(12)));
            assertThat(found.verifiedRows()).isEqualTo(49);
            assertThat(found.intact()).isFalse();
        }
    }

    @Test
    void deletedRowIsNamed() throws Exception {
        rows(NOW, "globex", 25);
        long id = idOf(12);
        seal();
        database.run("DELETE FROM " + LOG + " WHERE id = " + id);

        assertThat(verify().findings()).containsExactly(new RowMissing(NOW, "globex", id));
    }

    @Test
    void rowThatWasSlippedInIsNamed() throws Exception {
        rows(NOW, "acme", 9);
        database.run("SELECT nextval('semel.audit_log_ids')");
        rows(NOW, "acme", 9);
        seal();
        long free = idOf(9) - 1;
        String forged = insert("'" + NOW + "-16T00:00:00Z'", "acme", 1);
        database.run(forged + "; UPDATE " + LOG + " SET id = " + free + " WHERE at = '" + NOW + "-16T00:00:00Z'");

        assertThat(verify().findings()).containsExactly(new RowInserted(NOW, "acme", free));
    }

    @Test
    void rowUnderTheIdOfASealedOneIsNamed() throws Exception {
        AuditVerification found = sealedThenTamperedBy(insert("'" + NOW + "-16T00:00:00Z'", "acme", 1) + "; UPDATE "
                + LOG + " SET id = %d WHERE at = '" + NOW + "-16T00:00:00Z'");

        assertThat(found.findings()).containsExactly(new RowInserted(NOW, "acme", idOf(12)));
        assertThat(found.verifiedRows()).isEqualTo(50);
    }

    @Test
    void rowMovedToAnotherMonthIsMissingInItsOwn() throws Exception {
        AuditVerification found =
                sealedThenTamperedBy("UPDATE " + LOG + " SET at = at + interval '1 month' WHERE id = %d");

        assertThat(found.findings()).singleElement().isInstanceOf(RowMissing.class);
        assertThat(found.unsealedRows()).isEqualTo(1);
    }

    @Test
    void emptiedLogIsFoundRowByRow() throws Exception {
        AuditVerification found = sealedThenTamperedBy("TRUNCATE " + LOG + " /* %d */");

        assertThat(found.findingCount()).isEqualTo(50);
        assertThat(found.findings()).allMatch(finding -> finding instanceof RowMissing);
    }

    @Test
    void sealThatWasRewrittenIsFound() throws Exception {
        AuditVerification found = sealedThenTamperedBy(
                "UPDATE semel.audit_seals SET row_digests = sha256('x') || substring(row_digests FROM 33)"
                        + " WHERE number = 2 /* %d */");

        assertThat(found.findings()).contains(new SealBroken(NOW, 2)).hasSize(2);
    }

    @Test
    void sealThatWasMadeAgainOverAChangedRowIsFound() throws Exception {
        rows(NOW, "acme", 25);
        seal();
        AuditHead head = verify().heads().get(0);
        database.run("UPDATE " + LOG + " SET user_id = 'mallory' WHERE id = " + idOf(22));
        database.run("DELETE FROM semel.audit_seals WHERE number = 3");
        assertThat(verify().findings())
                .as("the anchor stands for the seal that is gone")
                .containsExactly(new ChainBroken(NOW, "the chain does not end where its anchor says"));

        database.run("""
                UPDATE semel.audit_anchors a
                   SET seals = 2, row_count = 20, last_id = s.last_id, head = s.hash
                  FROM semel.audit_seals s WHERE s.number = 2""");
        seal();

        assertThat(verify().findings())
                .as("whoever rewrites the anchor as well is not found from inside")
                .isEmpty();
        assertThat(verifier.verify(List.of(head)).findings())
                .as("but by a head that was kept elsewhere")
                .containsExactly(new ChainBroken(NOW, "seal 3 is not the one that was kept elsewhere"));
    }

    @Test
    void headThatWasKeptElsewhereStaysGoodWhileTheLogGrows() throws Exception {
        rows(NOW, "acme", 25);
        seal();
        List<AuditHead> kept = verify().heads();
        rows(NOW, "acme", 25);
        seal();

        assertThat(verifier.verify(kept).findings()).isEmpty();
        assertThat(verifier.verify(NOW, kept).verifiedRows()).isEqualTo(50);
    }

    @Test
    void monthThatDisappearedWithItsAnchorIsFoundByTheNextOne() throws Exception {
        makeMonth(PAST);
        rows(PAST, "acme", 5);
        rows(NOW, "acme", 5);
        seal();
        List<AuditHead> kept = verify().heads();
        database.run("DELETE FROM semel.audit_seals WHERE month = '" + PAST + "-01';"
                + "DELETE FROM semel.audit_anchors WHERE month = '" + PAST + "-01'; TRUNCATE " + partition(PAST));

        assertThat(verify().findings()).singleElement().isInstanceOf(ChainBroken.class);
        assertThat(verifier.verify(kept).findings())
                .contains(new ChainBroken(PAST, "its anchor is missing"))
                .hasSize(2);
    }

    @Test
    void monthWhoseAnchorSaysThatItIsGoneIsLookedAtAllTheSame() throws Exception {
        AuditVerification found = sealedThenTamperedBy("UPDATE " + LOG
                + " SET user_id = 'mallory' WHERE id = %d; UPDATE semel.audit_anchors SET state = 'DROPPED'");

        assertThat(found.findings()).containsExactly(new RowChanged(NOW, "acme", idOf(12)));
    }

    @Test
    void sealedRowsInTheDefaultPartitionAreLookedAtWhateverTheAnchorSays() throws Exception {
        rows(PAST, "acme", 25);
        seal();
        database.run("DELETE FROM " + LOG + " WHERE resource_id = 'order-3'");
        for (String state : List.of("OPEN", "DETACHED", "ATTACHED", "DROPPED")) {
            database.run("UPDATE semel.audit_anchors SET state = '" + state + "'");
            assertThat(verify().findings()).as(state).singleElement().isInstanceOf(RowMissing.class);
        }
    }

    @Test
    void rowOfATransactionThatCommitsLateIsSealedInItsPlace() throws Exception {
        MaintenanceJob job =
                job("audit-seal", AuditConfig.builder().segmentRows(10).build());
        try (Connection late = pool.getConnection();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("SET LOCAL semel.tenant = 'acme'; RESET ROLE");
            statement.execute(insert("clock_timestamp()", "acme", 1));
            rows(NOW, "globex", 20);
            job.run();
            job.run();
            assertThat(count("semel.audit_seals"))
                    .as("ids behind an open transaction are not settled")
                    .isZero();
            late.commit();
        }
        job.run();
        job.run();

        AuditVerification verified = verify();
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.verifiedRows()).isEqualTo(21);
        assertThat(verified.unsealedRows()).isZero();
    }

    @Test
    void rowsAreSealedWhileTheyAreWrittenAndNoneIsMissed() throws Exception {
        MaintenanceJob job =
                job("audit-seal", AuditConfig.builder().segmentRows(7).build());
        Semel semel = shop.node(8);
        AtomicInteger keys = new AtomicInteger();
        List<Callable<Integer>> together = new ArrayList<>();
        for (int writer = 0; writer < 6; writer++) {
            together.add(() -> {
                for (int i = 0; i < 40; i++) {
                    Shop.pay(semel, i % 2 == 0 ? "acme" : "globex", "k-" + keys.incrementAndGet(), Shop.TEA);
                }
                return 0;
            });
        }
        together.add(() -> {
            for (int i = 0; i < 30; i++) {
                job.run();
                verify();
            }
            return 0;
        });
        Together.returned(Together.run(together));
        job.run();
        job.run();

        AuditVerification verified = verify();
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.unsealedRows()).isZero();
        assertThat(verified.verifiedRows()).isEqualTo(240).isEqualTo(count(LOG));
    }

    @Test
    void runIsBoundedAndSaysWhatIsLeft() throws Exception {
        rows(NOW, "acme", 95);
        MaintenanceJob job = job(
                "audit-seal",
                AuditConfig.builder().segmentRows(10).rowsPerRun(40).build());

        assertThat(job.run()).isEqualTo(new JobResult(40, 55));
        assertThat(job.run()).isEqualTo(new JobResult(40, 15));
        assertThat(job.run()).isEqualTo(new JobResult(15, 0));
        assertThat(verify().verifiedRows()).isEqualTo(95);
    }

    @Test
    void twoNodesThatSealAtOnceMakeOneChain() throws Exception {
        rows(NOW, "acme", 300);
        List<Callable<Integer>> nodes = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            nodes.add(() -> {
                seal();
                return 0;
            });
        }
        Together.returned(Together.run(nodes));

        assertThat(verify().findings()).isEmpty();
        assertThat(verify().verifiedRows()).isEqualTo(300);
    }
}
