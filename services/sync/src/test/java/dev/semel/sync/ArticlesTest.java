package dev.semel.sync;

import static dev.semel.sync.TestSync.newCaller;
import static dev.semel.sync.TestSync.newId;
import static dev.semel.sync.TestSync.newKey;
import static dev.semel.sync.TestSync.put;
import static dev.semel.sync.TestSync.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.InvalidPayloadException;
import dev.semel.Key;
import dev.semel.RejectedException;
import dev.semel.documents.content.ContentHash;
import dev.semel.sync.articles.Doc;
import dev.semel.sync.articles.PutDoc;
import dev.semel.sync.articles.ReadDoc;
import dev.semel.sync.pull.PullAnswer;
import dev.semel.testkit.InterceptedDataSource;
import dev.semel.testkit.StatementHook;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Articles by name: what a transaction holds together, tombstones of files, and articles that are gone. */
@ExtendWith(SyncExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArticlesTest {
    private static final String FILE = "jrn:/global:docs:article/sync-test-file";
    private static final String ORDINARY = "jrn:/global:docs:article/regular-article";

    private final TestSync sync;
    private final ArticlesEngine articles;
    private final Breaking breaking = new Breaking();
    private final DataSource breakable;
    private Caller caller = newCaller();

    ArticlesTest(TestSync sync) {
        this.sync = sync;
        this.articles = ArticlesEngine.on(sync.database().pool(4), sync.blobs());
        this.breakable = InterceptedDataSource.of(sync.database().pool(2), breaking);
    }

    @BeforeEach
    void newTenant() {
        caller = newCaller();
    }

    /** One statement fails before it takes effect. */
    private static final class Breaking implements StatementHook {
        private volatile String statement = "";

        @Override
        public void before(String sql) throws SQLException {
            if (!statement.isEmpty() && sql.contains(statement)) {
                throw new SQLException("broken on purpose", "XX000");
            }
        }
    }

    private String scopeWithFile() {
        String scope = sync.scope(caller, "direct");
        sync.push(caller, scope, put("test-file", "test.md", 0, "# Original"));
        return scope;
    }

    private long rows(String table) {
        return Long.parseLong(sync.query("SELECT count(*) FROM " + table + " WHERE tenant_id = ?", caller.tenant())
                .get(0));
    }

    private long head(String scope) {
        return sync.pull(caller, scope, 0, 10).head();
    }

    private DataSource failingAt(String statement) {
        breaking.statement = statement;
        return breakable;
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    /** What is proposed there has no file before it is published; so one is made as if the scope had been direct before. */
    @Test
    void nobodyEditsPastTheReview() {
        String scope = scopeWithFile();
        sync.asSuperuser("UPDATE semel_sync.scopes SET mode = 'reviewed' WHERE scope = '" + scope + "'");
        long head = head(scope);

        assertRefused(
                "REVIEW_REQUIRED",
                () -> articles.put(caller, newKey(), FILE, null, new PutDoc("past the review", 1L, null)));
        assertRefused("REVIEW_REQUIRED", () -> articles.delete(caller, newKey(), FILE, null));

        assertThat(head(scope)).isEqualTo(head);
        assertThat(articles.get(caller, FILE).content()).isEqualTo("# Original");
    }

    @Test
    void aPushWhoseCounterFailsLeavesNoDocument() {
        String scope = sync.scope(caller, "direct");
        try (SyncEngine broken = SyncEngine.on(failingAt("UPDATE semel_sync.feeds"), sync.blobs())) {
            assertThatThrownBy(() -> broken.push(caller, request(scope, newId(), put("test", "test.md", 0, "# Test"))))
                    .hasStackTraceContaining("broken on purpose");
        }

        assertRefused("NOT_FOUND", () -> articles.get(caller, "jrn:/global:docs:article/sync-test"));
        assertThat(rows("semel_documents.documents")).isZero();
        assertThat(rows("semel_sync.files")).isZero();
        assertThat(rows("semel_sync.changesets")).isZero();
        assertThat(head(scope)).isZero();
    }

    @Test
    void aPushWhoseDocumentFailsLeavesTheCounter() {
        String scope = scopeWithFile();
        try (SyncEngine broken =
                SyncEngine.on(failingAt("INSERT INTO semel_documents.document_versions"), sync.blobs())) {
            assertThatThrownBy(() ->
                            broken.push(caller, request(scope, newId(), put("test-file", "test.md", 1, "# Updated"))))
                    .hasStackTraceContaining("broken on purpose");
        }

        assertThat(head(scope)).isEqualTo(1);
        assertThat(sync.main(caller, scope)).containsExactly("test-file 1 test.md # Original");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO semel_documents.document_versions",
                "UPDATE semel_sync.files",
                "UPDATE semel_sync.feeds",
                "INSERT INTO semel_sync.file_changes"
            })
    void anEditIsDocumentCounterAndHistoryOrNothing(String statement) {
        String scope = scopeWithFile();
        ArticlesEngine broken = ArticlesEngine.on(failingAt(statement), sync.blobs());

        assertThatThrownBy(() -> broken.put(caller, newKey(), FILE, null, new PutDoc("# Edited", 1L, null)))
                .hasStackTraceContaining("broken on purpose");

        assertThat(head(scope)).isEqualTo(1);
        assertThat(sync.main(caller, scope)).containsExactly("test-file 1 test.md # Original");
        assertThat(rows("semel_documents.document_versions")).isEqualTo(1);
        assertThat(rows("semel_sync.file_changes")).isEqualTo(1);
    }

    @Test
    void anEditIsPulled() {
        String scope = scopeWithFile();
        PullAnswer before = sync.pull(caller, scope, 0, 10);

        Doc edited = articles.put(caller, newKey(), FILE, "\"1\"", new PutDoc("# Edited\r\n", null, null))
                .result();

        assertThat(edited).isEqualTo(new Doc(FILE, 2, ContentHash.of("# Edited\n"), 9, false, scope, "test.md"));
        assertThat(sync.pull(caller, scope, before.newCursor(), 10).changes())
                .extracting(TestSync::line)
                .containsExactly("test-file 2 test.md # Edited\n");
        assertThat(sync.query(
                        "SELECT cause || ' ' || version FROM semel_sync.file_changes WHERE tenant_id = ? ORDER BY seq",
                        caller.tenant()))
                .containsExactly("push 1", "edit 2");
        assertThat(articles.get(caller, FILE).content()).isEqualTo("# Edited\n");
    }

    @Test
    void anEditOfAnotherVersionIsRefusedWithTheOneThatThereIs() {
        scopeWithFile();
        articles.put(caller, newKey(), FILE, null, new PutDoc("# Two", 1L, null));

        for (String stale : List.of("\"1\"", "W/\"2\"", "\"3\", \"4\"")) {
            assertRefused(
                    "PRECONDITION_FAILED",
                    () -> articles.put(caller, newKey(), FILE, stale, new PutDoc("x", null, null)));
        }
        assertThatThrownBy(() -> articles.put(caller, newKey(), FILE, null, new PutDoc("x", 1L, null)))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refusal -> assertThat(refusal.members()).containsEntry("version", 2L));
        assertRefused(
                "PRECONDITION_FAILED", () -> articles.put(caller, newKey(), FILE, "\"2\"", new PutDoc("x", 1L, null)));
        assertThat(articles.get(caller, FILE).content()).isEqualTo("# Two");
    }

    @Test
    void aFileIsMovedUnlessAnotherOneIsInTheWay() {
        String scope = scopeWithFile();
        sync.push(caller, scope, put("other", "Other.md", 0, "x"));

        assertRefused(
                "CASE_COLLISION", () -> articles.put(caller, newKey(), FILE, null, new PutDoc("x", 1L, "other.md")));
        assertRefused(
                "PATH_TAKEN", () -> articles.put(caller, newKey(), FILE, null, new PutDoc("x", 1L, "Other.md/x.md")));
        articles.put(caller, newKey(), FILE, null, new PutDoc("x", 1L, "moved.md"));

        assertThat(sync.main(caller, scope)).containsExactly("other 1 Other.md x", "test-file 2 moved.md x");
    }

    @Test
    void aFileThatIsDeletedLeavesItsTombstone() {
        String scope = scopeWithFile();
        PullAnswer before = sync.pull(caller, scope, 0, 10);

        articles.delete(caller, newKey(), FILE, null);

        ReadDoc tombstone = articles.get(caller, FILE);
        assertThat(tombstone.doc().deleted()).isTrue();
        assertThat(tombstone.doc().version()).isEqualTo(2);
        assertThat(tombstone.content()).isNull();
        assertThat(head(scope)).isGreaterThan(before.head());
        for (Object cursor : List.of(0, before.newCursor())) {
            assertThat(sync.pull(caller, scope, cursor, 10).changes())
                    .singleElement()
                    .satisfies(file -> {
                        assertThat(file.fileId()).isEqualTo("test-file");
                        assertThat(file.deleted()).isTrue();
                        assertThat(file.deletedAt()).isNotNull();
                    });
        }
        assertThat(rows("semel_documents.document_versions")).isEqualTo(1);
    }

    @Test
    void aDeleteIsDoneOnceAndRepeatedIsNothing() {
        String scope = scopeWithFile();
        Key key = newKey();

        assertThat(articles.delete(caller, key, FILE, "\"1\"").replayed()).isFalse();
        assertThat(articles.delete(caller, key, FILE, "\"1\"").replayed()).isTrue();
        assertThat(articles.delete(caller, newKey(), FILE, null).result().version())
                .isEqualTo(2);
        assertRefused("PRECONDITION_FAILED", () -> articles.delete(caller, newKey(), FILE, "\"1\""));
        assertThat(head(scope)).isEqualTo(2);
    }

    @Test
    void aDeletedFileComesBackUnderItsVersion() {
        String scope = scopeWithFile();
        articles.delete(caller, newKey(), FILE, null);

        assertRefused(
                "PRECONDITION_FAILED",
                () -> articles.put(caller, newKey(), FILE, null, new PutDoc("# Back", 1L, null)));
        articles.put(caller, newKey(), FILE, null, new PutDoc("# Back", 2L, null));

        assertThat(sync.main(caller, scope)).containsExactly("test-file 3 test.md # Back");
    }

    @Test
    void anOrdinaryArticleThatIsDeletedIsGone() {
        articles.put(caller, newKey(), ORDINARY, null, new PutDoc("# Regular", 0L, null));
        articles.put(caller, newKey(), ORDINARY, null, new PutDoc("# Twice", 1L, null));
        assertThat(articles.get(caller, ORDINARY).content()).isEqualTo("# Twice");
        assertThat(rows("semel_documents.document_versions")).isEqualTo(2);

        articles.delete(caller, newKey(), ORDINARY, null);

        assertRefused("NOT_FOUND", () -> articles.get(caller, ORDINARY));
        assertThat(rows("semel_documents.documents")).isZero();
        assertThat(rows("semel_documents.document_versions")).isZero();
        assertThat(articles.delete(caller, newKey(), ORDINARY, null).result().version())
                .isEqualTo(3);
    }

    /** Else somebody who has seen the first one would overwrite the second. */
    @Test
    void theNextArticleOfANameGoesOnCounting() {
        articles.put(caller, newKey(), ORDINARY, null, new PutDoc("# One", 0L, null));
        articles.delete(caller, newKey(), ORDINARY, null);

        assertRefused(
                "PRECONDITION_FAILED",
                () -> articles.put(caller, newKey(), ORDINARY, null, new PutDoc("# New", 0L, null)));
        Doc made = articles.put(caller, newKey(), ORDINARY, null, new PutDoc("# New", 2L, null))
                .result();

        assertThat(made.version()).isEqualTo(3);
        assertRefused(
                "PRECONDITION_FAILED",
                () -> articles.put(caller, newKey(), ORDINARY, "\"1\"", new PutDoc("x", null, null)));
    }

    /** The grants to delete hold for the documents of articles alone. */
    @Test
    void theDatabaseKeepsEveryOtherDocument() throws SQLException {
        scopeWithFile();
        articles.put(caller, newKey(), ORDINARY, null, new PutDoc("# Regular", 0L, null));
        try (var connection = sync.database().uncheckedPool(1).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT set_config('semel.tenant', '" + caller.tenant() + "', true)");
            assertThat(statement.executeUpdate("DELETE FROM semel_documents.document_versions"))
                    .isEqualTo(1);
            connection.rollback();
        }
        assertThat(rows("semel_documents.document_versions")).isEqualTo(2);
    }

    @Test
    void lateRetriesAreAnsweredFromWhatTheyMade() {
        scopeWithFile();
        Key edit = newKey();
        Key delete = newKey();
        Key ordinary = newKey();
        Doc edited = articles.put(caller, edit, FILE, null, new PutDoc("# Edited", 1L, null))
                .result();
        Doc made = articles.put(caller, ordinary, ORDINARY, null, new PutDoc("# Regular", 0L, null))
                .result();
        articles.delete(caller, delete, FILE, "\"2\"");
        sync.forgetKeys(caller);

        assertThat(articles.put(caller, edit, FILE, null, new PutDoc("# Edited", 1L, null))
                        .result())
                .isEqualTo(edited);
        assertThat(articles.put(caller, ordinary, ORDINARY, null, new PutDoc("# Regular", 0L, null))
                        .result())
                .isEqualTo(made);
        assertThat(articles.delete(caller, delete, FILE, "\"2\"").result().version())
                .isEqualTo(3);
        assertThat(rows("semel_sync.file_changes")).isEqualTo(3);
    }

    @Test
    void badContentAndUnknownNamesAreRefused() {
        String scope = scopeWithFile();
        for (String content : List.of("a\0b", "\uD800", "<<<<<<< a\n=======\n>>>>>>> b\n")) {
            assertThatThrownBy(() -> articles.put(caller, newKey(), FILE, null, new PutDoc(content, 1L, null)))
                    .isInstanceOf(InvalidPayloadException.class);
        }
        assertThatThrownBy(() -> articles.put(caller, newKey(), FILE, null, new PutDoc("x", 1L, "../x.md")))
                .isInstanceOf(InvalidPayloadException.class);
        assertRefused(
                "NO_SERVER_PATH", () -> articles.put(caller, newKey(), ORDINARY, null, new PutDoc("x", 0L, "x.md")));
        for (String jrn : List.of(
                "",
                "x",
                "jrn:/global:docs:article/",
                "jrn:/global:docs:article/a/b",
                FILE + "2",
                "jrn:/global:docs:article/sync-")) {
            assertRefused("NOT_FOUND", () -> articles.put(caller, newKey(), jrn, null, new PutDoc("x", 0L, null)));
            assertRefused("NOT_FOUND", () -> articles.delete(caller, newKey(), jrn, null));
            assertRefused("NOT_FOUND", () -> articles.get(caller, jrn));
        }
        assertThat(head(scope)).isEqualTo(1);
    }

    @Test
    void anIdInTwoScopesIsNoName() {
        scopeWithFile();
        scopeWithFile();

        assertRefused("ARTICLE_AMBIGUOUS", () -> articles.delete(caller, newKey(), FILE, null));
    }

    @Test
    void anotherTenantHasNoneOfIt() {
        scopeWithFile();
        articles.put(caller, newKey(), ORDINARY, null, new PutDoc("# Regular", 0L, null));

        for (String jrn : List.of(FILE, ORDINARY)) {
            assertRefused("NOT_FOUND", () -> articles.get(newCaller(), jrn));
            assertRefused("NOT_FOUND", () -> articles.delete(newCaller(), newKey(), jrn, null));
        }
    }

    @Test
    void aLargeArticleIsABlobAndComesBackWhole() {
        String large = "a line of text\n".repeat(10_000);
        articles.put(caller, newKey(), ORDINARY, null, new PutDoc(large, 0L, null));

        assertThat(articles.get(caller, ORDINARY).content()).isEqualTo(large);
    }
}
