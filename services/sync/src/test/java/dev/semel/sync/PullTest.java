package dev.semel.sync;

import static dev.semel.sync.TestSync.delete;
import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.sync.pull.PullAnswer;
import dev.semel.sync.pull.PullRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pulls by cursors. */
@ExtendWith(SyncExtension.class)
class PullTest {
    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();
    private String scope = "";

    PullTest(TestSync sync) {
        this.sync = sync;
    }

    @BeforeEach
    void scope() {
        scope = sync.scope(caller, "direct");
    }

    private static List<String> lines(PullAnswer answer) {
        return answer.changes().stream().map(TestSync::line).toList();
    }

    @Test
    void cursorBringsWhatHasChangedSinceAndNothingTwice() {
        PullAnswer empty = sync.pull(caller, scope, 0, 10);
        assertThat(empty.changes()).isEmpty();
        assertThat(empty.hasMore()).isFalse();
        assertThat(empty.head()).isZero();

        sync.push(caller, scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));
        PullAnswer first = sync.pull(caller, scope, empty.newCursor(), 10);
        assertThat(lines(first)).containsExactly("a 1 a.md A", "b 1 b.md B");
        assertThat(lines(sync.pull(caller, scope, first.newCursor(), 10))).isEmpty();

        sync.push(caller, scope, put("a", "a.md", 1, "A2"));
        sync.push(caller, scope, put("a", "a.md", 2, "A3"), delete("b", 1));
        PullAnswer second = sync.pull(caller, scope, first.newCursor(), 10);
        assertThat(lines(second)).containsExactly("a 3 a.md A3", "b 2 b.md ✗");
        assertThat(second.changes().get(1).deletedAt()).isNotNull();
        assertThat(second.head()).isEqualTo(3);
    }

    @Test
    void pagesOfOneCheckpointStayBelowItsEnd() {
        for (int i = 0; i < 5; i++) {
            sync.push(caller, scope, put("f" + i, "f" + i + ".md", 0, "0"), put("g" + i, "g" + i + ".md", 0, "0"));
        }
        PullAnswer page = sync.pull(caller, scope, 0, 3);
        assertThat(page.hasMore()).isTrue();
        sync.push(caller, scope, put("f4", "f4.md", 1, "1"), put("f0", "f0.md", 1, "1"));

        List<String> seen = new ArrayList<>(lines(page));
        while (page.hasMore()) {
            page = sync.pull(caller, scope, page.newCursor(), 3);
            seen.addAll(lines(page));
        }
        assertThat(seen).hasSize(10).doesNotHaveDuplicates().contains("f4 1 f4.md 0", "f0 1 f0.md 0");
        assertThat(lines(sync.pull(caller, scope, page.newCursor(), 3)))
                .containsExactly("f4 2 f4.md 1", "f0 2 f0.md 1");
    }

    @Test
    void pageHasAboutAsManyBytesAsAskedForAndOneFileAtLeast() {
        sync.push(
                caller,
                scope,
                put("a", "a.md", 0, "a".repeat(3_000)),
                put("b", "b.md", 0, "b".repeat(3_000)),
                put("c", "c.md", 0, "c".repeat(30_000)));
        List<Integer> sizes = new ArrayList<>();
        Object since = 0;
        boolean more = true;
        while (more) {
            PullAnswer page = sync.engine()
                    .pulls()
                    .pulling()
                    .pull(caller.tenant(), new PullRequest(scope, since, null, 6_500L, null));
            sizes.add(page.changes().size());
            since = page.newCursor();
            more = page.hasMore();
        }
        assertThat(sizes).containsExactly(2, 1);
    }

    /** Whoever follows the cursors has main, and the manifest's hash proves it. */
    @Test
    void manifestAndCursorsTellTheSame() {
        for (int i = 0; i < 7; i++) {
            sync.push(caller, scope, put("f" + i, "f" + i + ".md", 0, "v1"));
        }
        sync.push(caller, scope, delete("f3", 1), put("f2", "moved.md", 1, "v2"));
        TreeMap<String, String> mine = new TreeMap<>();
        PullAnswer page = sync.pull(caller, scope, 0, 2);
        while (true) {
            page.changes().forEach(file -> {
                mine.remove(file.fileId());
                if (!file.deleted()) {
                    mine.put(
                            file.fileId(),
                            file.fileId() + "\t" + file.version() + "\t" + file.contentHash() + "\t" + file.serverPath()
                                    + "\n");
                }
            });
            if (!page.hasMore()) {
                break;
            }
            page = sync.pull(caller, scope, page.newCursor(), 2);
        }
        var manifest = TestManifests.whole(sync, caller, scope, 2);
        assertThat(manifest.lines()).containsExactlyElementsOf(mine.values());
        assertThat(manifest.hash())
                .isEqualTo(dev.semel.documents.content.ContentHash.of(String.join("", mine.values())));
        assertThat(lines(sync.pull(caller, scope, manifest.pullCursor(), 10))).isEmpty();
        sync.push(caller, scope, put("f9", "f9.md", 0, "v1"));
        assertThat(lines(sync.pull(caller, scope, manifest.pullCursor(), 10))).containsExactly("f9 1 f9.md v1");
    }

    @Test
    void cursorsThatLeadNowhereAreToldApart() {
        sync.push(caller, scope, put("a", "a.md", 0, "A"));
        String cursor = sync.pull(caller, scope, 0, 10).newCursor();
        String other = sync.pull(caller, sync.scope(caller, "direct"), 0, 10).newCursor();
        char last = cursor.charAt(cursor.length() - 2);
        String forged = cursor.substring(0, cursor.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + cursor.substring(cursor.length() - 1);

        for (Object wrong : List.of("nonsense", "!", forged, other, 7, true)) {
            assertStale("CURSOR_INVALID", wrong);
        }
        sync.push(caller, scope, put("a", "a.md", 1, "A2"));
        sync.asSuperuser("UPDATE semel_sync.feeds SET floor = head WHERE feed = 'main' AND tenant_id = '"
                + caller.tenant() + "'");
        assertStale("CURSOR_EXPIRED", cursor);
        String newer = sync.pull(caller, scope, 0, 10).newCursor();
        assertThat(sync.pull(caller, scope, newer, 10).changes()).isEmpty();
        sync.asSuperuser(
                "UPDATE semel_sync.feeds SET epoch = gen_random_uuid() WHERE tenant_id = '" + caller.tenant() + "'");
        assertStale("CURSOR_EPOCH_MISMATCH", newer);
    }

    /** As after a restored backup whose epoch nobody has changed: the same number is another change's now, or nobody's. */
    @Test
    void restoredBackupIsSeenByItself() {
        sync.push(caller, scope, put("a", "a.md", 0, "A"));
        sync.push(caller, scope, put("a", "a.md", 1, "lost"));
        String cursor = sync.pull(caller, scope, 0, 10).newCursor();
        String tenant = "tenant_id = '" + caller.tenant() + "'";
        sync.asSuperuser("DELETE FROM semel_sync.file_changes WHERE seq = 2 AND " + tenant);
        sync.asSuperuser("UPDATE semel_sync.files SET version = 1, document_version = 1 WHERE " + tenant);
        sync.asSuperuser("UPDATE semel_sync.feeds SET head = 1 WHERE feed = 'main' AND " + tenant);
        assertStale("CURSOR_EPOCH_MISMATCH", cursor);

        sync.push(caller, scope, put("a", "a.md", 1, "another history"));
        assertStale("CURSOR_EPOCH_MISMATCH", cursor);
    }

    private void assertStale(String code, Object cursor) {
        assertThatThrownBy(() -> sync.pull(caller, scope, cursor, 10))
                .as("%s for %s", code, cursor)
                .isInstanceOf(RuntimeException.class)
                .extracting(failure -> TestManifests.code((RuntimeException) failure))
                .isEqualTo(code);
    }

    /** A scope that has just been filled has no statistics: then the planner used to compare each state with the whole log. */
    @Test
    @Timeout(20)
    void pullOfAScopeWithoutStatisticsLooksForLaterStatesOneByOne() {
        sync.push(caller, scope, put("f0", "f0.md", 0, "x"));
        sync.asSuperuser("""
                ALTER TABLE semel_sync.file_changes SET (autovacuum_enabled = off);
                SET session_replication_role = replica;
                INSERT INTO semel_sync.file_changes
                SELECT made.* FROM semel_sync.file_changes AS c, generate_series(2, 15000) AS n,
                     jsonb_populate_record(c, jsonb_build_object('seq', n, 'version', n, 'file_id', 'f' || n % 100)) AS made
                WHERE c.tenant_id = 'TENANT' AND c.scope = 'SCOPE' AND c.seq = 1;
                UPDATE semel_sync.feeds SET head = 15000 WHERE tenant_id = 'TENANT' AND scope = 'SCOPE' AND feed = 'main'
                """.replace("TENANT", caller.tenant()).replace("SCOPE", scope));
        long start = System.nanoTime();

        PullAnswer all = sync.pull(caller, scope, 0, 1_000);
        TestManifests.Whole manifest = TestManifests.whole(sync, caller, scope, 500);

        assertThat(all.changes()).hasSize(100);
        assertThat(all.changes().get(99).version()).isEqualTo(15_000);
        assertThat(manifest.lines()).hasSize(100);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        sync.asSuperuser("ALTER TABLE semel_sync.file_changes RESET (autovacuum_enabled)");
    }
}
