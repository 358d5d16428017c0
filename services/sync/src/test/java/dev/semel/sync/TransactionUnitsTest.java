package dev.semel.sync;

import static dev.semel.sync.TestSync.newCaller;
import static dev.semel.sync.TestSync.newId;
import static dev.semel.sync.TestSync.newKey;
import static dev.semel.sync.TestSync.put;
import static dev.semel.sync.TestSync.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.FileDecision;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.publish.PublishRequest;
import dev.semel.sync.push.PushRequest;
import dev.semel.testkit.InterceptedDataSource;
import dev.semel.testkit.StatementHook;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The transaction boundaries of the requirement (proposal, review decision, publish): whichever of its statements fails, before it takes
 * effect or after, nothing of the write is there, and the retry does all of it.
 *
 * <p>The requirement's own test cases, and where they are:
 *
 * <ul>
 *   <li>"should rollback doc update if cursor advance fails": {@link ArticlesTest#aPushWhoseCounterFailsLeavesNoDocument}, and here {@link
 *       #aPushToMainIsDocumentsCounterAndChangesetOrNothing};
 *   <li>"should rollback cursor advance if doc update fails": {@link ArticlesTest#aPushWhoseDocumentFailsLeavesTheCounter};
 *   <li>"should create tombstone instead of hard delete": {@link ArticlesTest#aFileThatIsDeletedLeavesItsTombstone}, over HTTP {@code
 *       ArticlesRoutesTest.aFileIsReadEditedAndDeletedWithoutAnyKey};
 *   <li>"should advance cursor on tombstone creation": the same two;
 *   <li>"should allow CLI to see deletion on next pull": the same two, from the start and from a cursor before the deletion;
 *   <li>"should still hard delete non-sync articles": {@link ArticlesTest#anOrdinaryArticleThatIsDeletedIsGone}, over HTTP {@code
 *       ArticlesRoutesTest.anOrdinaryArticleIsMadeAndGone};
 *   <li>its plan's tests 14 to 17 (push with changeset, web edit, web delete, merge): here, {@link
 *       ArticlesTest#anEditIsDocumentCounterAndHistoryOrNothing}, {@link ArticlesTest#aFileThatIsDeletedLeavesItsTombstone}; and every JDBC
 *       call of every operation fails once in each way in {@link ContractTest} and {@link ArticlesContractTest}.
 * </ul>
 */
@ExtendWith(SyncExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionUnitsTest {
    private final TestSync sync;
    private final Breaking breaking = new Breaking();
    private final DataSource breakable;
    private Caller caller = newCaller();

    TransactionUnitsTest(TestSync sync) {
        this.sync = sync;
        this.breakable = InterceptedDataSource.of(sync.database().pool(2), breaking);
    }

    @BeforeEach
    void newTenant() {
        caller = newCaller();
    }

    /** One statement fails, before or after it takes effect. */
    private static final class Breaking implements StatementHook {
        private volatile String statement = "";
        private volatile boolean isAfter;

        void fail(String failing, boolean after) {
            statement = failing;
            isAfter = after;
        }

        @Override
        public void before(String sql) throws SQLException {
            fail(sql, !isAfter, "before");
        }

        @Override
        public void after(String sql) throws SQLException {
            fail(sql, isAfter, "after");
        }

        private void fail(String sql, boolean now, String when) throws SQLException {
            if (now && sql.strip().startsWith(statement)) {
                throw new SQLException("broken on purpose " + when, "XX000");
            }
        }
    }

    private interface Writing {
        Object write(SyncEngine engine);
    }

    private void assertAllOrNothing(String statement, Writing writing) {
        String before = rows();
        for (boolean after : List.of(false, true)) {
            breaking.fail(statement, after);
            try (SyncEngine broken = SyncEngine.on(breakable, sync.blobs())) {
                assertThatThrownBy(() -> writing.write(broken))
                        .hasStackTraceContaining("broken on purpose " + (after ? "after" : "before"));
            }
            assertThat(rows()).isEqualTo(before);
        }
        Object done = writing.write(sync.engine());
        String written = rows();
        assertThat(written).isNotEqualTo(before);
        assertThat(writing.write(sync.engine())).isEqualTo(done);
        assertThat(rows()).isEqualTo(written);
    }

    /** All of the tenant's, but for times and leases. */
    private String rows() {
        return String.join("\n", sync.query("""
                SELECT string_agg(line, E'\\n' ORDER BY line) FROM (SELECT ?::text) AS tenant(t), LATERAL (
                    SELECT 'file ' || file_id || ' ' || version || ' ' || path || ' ' || (deleted_at IS NULL) FROM semel_sync.files WHERE tenant_id = t
                    UNION ALL SELECT 'change ' || seq || ' ' || file_id FROM semel_sync.file_changes WHERE tenant_id = t
                    UNION ALL SELECT 'feed ' || feed || ' ' || head FROM semel_sync.feeds WHERE tenant_id = t
                    UNION ALL SELECT 'changeset ' || id || ' ' || status FROM semel_sync.changesets WHERE tenant_id = t
                    UNION ALL SELECT 'revision ' || revision FROM semel_sync.changeset_revisions WHERE tenant_id = t
                    UNION ALL SELECT 'proposed ' || file_id || ' ' || coalesce(decision, '') || ' ' || coalesce(published_version, 0)
                        FROM semel_sync.changeset_files WHERE tenant_id = t
                    UNION ALL SELECT 'review ' || seq || ' ' || event FROM semel_sync.changeset_changes WHERE tenant_id = t
                    UNION ALL SELECT 'attempt ' || number FROM semel_sync.publish_attempts WHERE tenant_id = t
                    UNION ALL SELECT 'version ' || version FROM semel_documents.document_versions WHERE tenant_id = t
                    UNION ALL SELECT 'event ' || type FROM semel.outbox_events WHERE tenant_id = t
                    UNION ALL SELECT 'key ' || operation_type FROM semel.idempotency_keys WHERE tenant_id = t) AS found(line)""", caller.tenant()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO semel_sync.changesets",
                "INSERT INTO semel_sync.changeset_revisions",
                "INSERT INTO semel_sync.changeset_files",
                "INSERT INTO semel_documents.documents",
                "INSERT INTO semel_documents.document_versions",
                "UPDATE semel_sync.files",
                "INSERT INTO semel_sync.files",
                "UPDATE semel_sync.feeds",
                "INSERT INTO semel_sync.file_changes"
            })
    void aPushToMainIsDocumentsCounterAndChangesetOrNothing(String statement) {
        String scope = sync.scope(caller, "direct");
        sync.push(caller, scope, put("a", "a.md", 0, "A"));
        PushRequest asked = request(scope, newId(), put("a", "a.md", 1, "A2"), put("b", "b.md", 0, "B"));

        assertAllOrNothing(statement, engine -> engine.push(caller, asked).result());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO semel_sync.changesets",
                "INSERT INTO semel_sync.changeset_revisions",
                "INSERT INTO semel_sync.changeset_files",
                "UPDATE semel_sync.feeds",
                "INSERT INTO semel_sync.changeset_changes"
            })
    void aProposalIsChangesetAndFilesOrNothing(String statement) {
        PushRequest asked =
                request(sync.scope(caller, "reviewed"), newId(), put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));

        assertAllOrNothing(statement, engine -> engine.push(caller, asked).result());
    }

    private UUID proposed() {
        String scope = sync.scope(caller, "reviewed");
        return Objects.requireNonNull(sync.push(caller, scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"))
                        .changeset())
                .id();
    }

    private static final NewDecisions BOTH = new NewDecisions(
            1,
            List.of(
                    new FileDecision("a", "accept", null, null),
                    new FileDecision("b", "amend", "B, better", "clearer")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE semel_sync.changeset_files",
                "UPDATE semel_sync.changesets",
                "UPDATE semel_sync.feeds",
                "INSERT INTO semel_sync.changeset_changes"
            })
    void aBatchOfDecisionsIsAllOrNothing(String statement) {
        UUID id = proposed();
        Key key = newKey();

        assertAllOrNothing(
                statement, engine -> engine.decide(caller, key, id, null, BOTH).result());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE semel_sync.changeset_files",
                "INSERT INTO semel_documents.documents",
                "INSERT INTO semel_documents.document_versions",
                "INSERT INTO semel_sync.files",
                "UPDATE semel_sync.feeds",
                "INSERT INTO semel_sync.file_changes",
                "UPDATE semel_sync.changesets",
                "INSERT INTO semel_sync.publish_attempts",
                "INSERT INTO semel_sync.changeset_changes"
            })
    void aPublishIsDocumentsCounterAndReportOrNothing(String statement) {
        UUID id = proposed();
        ChangesetAnswer decided =
                sync.engine().decide(caller, newKey(), id, null, BOTH).result();
        PublishRequest asked = new PublishRequest("main", 1, decided.decisionsHash(), null, null, null);
        Key key = newKey();

        assertAllOrNothing(
                statement, engine -> engine.publish(caller, key, id, asked).result());
    }
}
