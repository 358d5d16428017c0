package dev.semel.sync;

import static dev.semel.sync.Refusals.assertRefused;
import static dev.semel.sync.Refusals.results;
import static dev.semel.sync.TestSync.delete;
import static dev.semel.sync.TestSync.newId;
import static dev.semel.sync.TestSync.put;
import static dev.semel.sync.TestSync.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.InvalidPayloadException;
import dev.semel.KeyReusedException;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.documents.content.ContentHash;
import dev.semel.sync.push.OpResult;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pushes to a direct scope: all ops are on main, or none is. */
@ExtendWith(SyncExtension.class)
class DirectPushTest {
    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();
    private String scope = "";

    DirectPushTest(TestSync sync) {
        this.sync = sync;
    }

    @BeforeEach
    void scope() {
        scope = sync.scope(caller, "direct");
    }

    private List<String> main() {
        return sync.main(caller, scope);
    }

    private String rows() {
        return sync.query("""
                        SELECT (SELECT count(*) FROM semel_sync.files WHERE tenant_id = t) || ' files, '
                            || (SELECT count(*) FROM semel_sync.file_changes WHERE tenant_id = t) || ' changes, '
                            || (SELECT count(*) FROM semel_sync.changesets WHERE tenant_id = t) || ' changesets, head '
                            || (SELECT max(head) FROM semel_sync.feeds WHERE tenant_id = t) || ', '
                            || (SELECT count(*) FROM semel_documents.document_versions WHERE tenant_id = t) || ' versions'
                          FROM (SELECT ?::text) AS tenant(t)""", caller.tenant()).get(0);
    }

    @Test
    void filesAreMadeEditedRenamedDeletedAndBroughtBack() {
        PushAnswer made = sync.push(caller, scope, put("a", "a.md", 0, "one"), put("b", "b.md", 0, "two"));
        assertThat(made.results()).containsExactly(new OpResult("a", "ok", 1L, 0L), new OpResult("b", "ok", 1L, 0L));
        assertThat(made.mainHead()).isEqualTo(1);
        assertThat(made.changeset()).isNotNull().satisfies(changeset -> {
            assertThat(changeset.status()).isEqualTo("published");
            assertThat(changeset.revision()).isEqualTo(1);
        });

        sync.push(caller, scope, put("a", "a.md", 1, "one, edited"), put("b", "sub/b.md", 1, "two"));
        assertThat(main()).containsExactly("a 2 a.md one, edited", "b 2 sub/b.md two");
        sync.push(caller, scope, delete("b", 2));
        assertThat(main()).containsExactly("a 2 a.md one, edited", "b 3 sub/b.md ✗");
        sync.push(caller, scope, put("b", "b.md", 3, "two, back"));
        assertThat(main()).containsExactly("a 2 a.md one, edited", "b 4 b.md two, back");
        assertThat(rows()).isEqualTo("2 files, 6 changes, 4 changesets, head 4, 4 versions");
    }

    @Test
    void publishedFileIsADocumentThatOnlySyncChanges() {
        sync.push(caller, scope, put("a", "deep/a.md", 0, "one"));
        sync.push(caller, scope, put("a", "deep/a.md", 1, "two"));

        assertThat(sync.query("""
                        SELECT title || ' ' || active_version || ' ' || last_version || ' ' || managed_by
                          FROM semel_documents.documents WHERE tenant_id = ?""", caller.tenant())).containsExactly("a.md 2 2 sync");
    }

    @Test
    void twoFilesSwapTheirPathsAndThreeGoRound() {
        sync.push(caller, scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"), put("c", "c.md", 0, "C"));
        sync.push(caller, scope, put("a", "b.md", 1, "A"), put("b", "a.md", 1, "B"));
        assertThat(main()).containsExactly("a 2 b.md A", "b 2 a.md B", "c 1 c.md C");
        sync.push(caller, scope, put("a", "c.md", 2, "A"), put("b", "b.md", 2, "B"), put("c", "a.md", 1, "C"));
        assertThat(main()).containsExactly("a 3 c.md A", "b 3 b.md B", "c 2 a.md C");
    }

    @Test
    void pathOfADeletedFileIsFreeInTheSamePush() {
        sync.push(caller, scope, put("a", "a.md", 0, "A"));
        sync.push(caller, scope, delete("a", 1), put("b", "a.md", 0, "B"));
        assertThat(main()).containsExactly("a 2 a.md ✗", "b 1 a.md B");
        assertRefused("PATH_TAKEN", () -> sync.push(caller, scope, put("a", "a.md", 2, "A")));
    }

    @Test
    void staleBaseIsRefusedWithAllThatIsWrongAndNothingIsStored() {
        sync.push(caller, scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"), put("c", "c.md", 0, "C"));
        sync.push(caller, scope, put("a", "a.md", 1, "A2"), delete("c", 1));
        String before = rows();

        RejectedException refusal = assertRefused(
                "BASE_VERSION_CONFLICT",
                () -> sync.push(
                        caller,
                        scope,
                        put("a", "a.md", 1, "mine"),
                        put("b", "b.md", 1, "fine"),
                        delete("c", 1),
                        delete("nowhere", 0),
                        put("d", "d.md", 0, "D"),
                        put("e", "e.md", 7, "E")));

        assertThat(results(refusal))
                .containsExactly(
                        "a conflict 2", "b ok 1", "c conflict 2", "nowhere not_found 0", "d ok 0", "e conflict 0");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void deleteOfAnUnknownFileIsNotFoundAndStoresNothing() {
        RejectedException refusal = assertRefused("NOT_FOUND", () -> sync.push(caller, scope, delete("nowhere", 0)));
        assertThat(results(refusal)).containsExactly("nowhere not_found 0");
        assertThat(rows()).isEqualTo("0 files, 0 changes, 0 changesets, head 0, 0 versions");
    }

    @Test
    void pathsOfLiveFilesDoNotCollide() {
        sync.push(caller, scope, put("a", "Straße.md", 0, "A"), put("b", "dir/b.md", 0, "B"));

        assertThat(results(assertRefused(
                        "PATH_TAKEN",
                        () -> sync.push(caller, scope, put("c", "dir/b.md", 0, "C"), put("d", "STRASSE.md", 0, "D")))))
                .containsExactly("c path_taken 0", "d case_collision 0");
        assertRefused("PATH_TAKEN", () -> sync.push(caller, scope, put("e", "dir", 0, "E")));
        assertRefused("PATH_TAKEN", () -> sync.push(caller, scope, put("f", "dir/b.md/f.md", 0, "F")));
        assertRefused("CASE_COLLISION", () -> sync.push(caller, scope, put("d", "STRASSE.md", 0, "D")));
        sync.push(caller, scope, delete("b", 1), put("e", "dir", 0, "E"));
        assertThat(main()).contains("e 1 dir E");
    }

    @Test
    void samePushAgainIsAReplayInWhateverOrderItsOpsCome() {
        String id = newId();
        Outcome<PushAnswer> first =
                sync.engine().push(caller, request(scope, id, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B")));
        Outcome<PushAnswer> again =
                sync.engine().push(caller, request(scope, id, put("b", "b.md", 0, "B"), put("a", "a.md", 0, "A")));

        assertThat(again.replayed()).isTrue();
        assertThat(again.snapshot().body()).isEqualTo(first.snapshot().body());
        assertThatThrownBy(() -> sync.engine().push(caller, request(scope, id, put("a", "a.md", 0, "other"))))
                .isInstanceOfSatisfying(
                        KeyReusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("CLIENT_CHANGESET_ID_REUSED"));
        String other = sync.scope(caller, "direct");
        assertThat(sync.engine()
                        .push(caller, request(other, id, put("a", "a.md", 0, "A")))
                        .replayed())
                .isFalse();
    }

    @Test
    void lateRetryIsAnsweredFromTheChangeset() {
        PushRequest asked = request(scope, newId(), put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));
        Outcome<PushAnswer> first = sync.engine().push(caller, asked);
        sync.push(caller, scope, put("a", "a.md", 1, "A2"));
        sync.forgetKeys(caller);

        Outcome<PushAnswer> late = sync.engine().push(caller, asked);

        assertThat(late.replayed()).isTrue();
        assertThat(late.result()).isEqualTo(first.result());
        assertThatThrownBy(() -> sync.engine()
                        .push(caller, request(scope, asked.clientChangesetId(), put("a", "a.md", 0, "other"))))
                .isInstanceOf(KeyReusedException.class);
        assertThat(main()).containsExactly("a 2 a.md A2", "b 1 b.md B");
    }

    /** Also if its key is forgotten, or something else comes under its name. */
    @Test
    void retryOfAPushPutsNothing() {
        TestBlobs store = new TestBlobs(sync.blobs().source());
        try (SyncEngine engine = SyncEngine.on(store.source(), store)) {
            PushRequest asked = request(scope, newId(), put("a", "a.md", 0, "large ".repeat(3_000)));
            Outcome<PushAnswer> first = engine.push(caller, asked);
            assertThat(store.bytes()).hasSize(1);
            store.bytes().clear();

            for (boolean isForgotten : List.of(false, true)) {
                if (isForgotten) {
                    sync.forgetKeys(caller);
                }
                Outcome<PushAnswer> again = engine.push(caller, asked);
                assertThat(again.replayed()).isTrue();
                assertThat(again.result()).isEqualTo(first.result());
                PushRequest other =
                        request(scope, asked.clientChangesetId(), put("a", "a.md", 0, "other ".repeat(3_000)));
                assertThatThrownBy(() -> engine.push(caller, other)).isInstanceOf(KeyReusedException.class);
            }
            assertThat(store.bytes()).isEmpty();
            assertThat(engine.push(caller, request(scope, newId(), put("b", "b.md", 0, "new ".repeat(3_000))))
                            .replayed())
                    .isFalse();
            assertThat(store.bytes()).hasSize(1);
        }
    }

    @Test
    void largeContentIsABlobAndSmallNamedContentLiesInTheRow() throws Exception {
        String large = "line\n".repeat(4_000);
        byte[] named = "named\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        sync.blobs().put(caller.tenant(), new ByteArrayInputStream(named), named.length);

        sync.push(
                caller,
                scope,
                put("a", "a.md", 0, large),
                new PushOp("upsert", "b", "b.md", 0, null, ContentHash.of(named)));

        assertThat(main()).containsExactly("a 1 a.md " + large, "b 1 b.md named\n");
        assertThat(sync.query(
                        "SELECT blob_hash FROM semel_documents.document_versions WHERE tenant_id = ? AND blob_hash IS NOT NULL",
                        caller.tenant()))
                .containsExactly(ContentHash.of(large));
    }

    @Test
    void contentIsWhatItsHashSays() {
        PushOp wrong = new PushOp("upsert", "a", "a.md", 0, "", ContentHash.of("something"));
        PushOp unknown = new PushOp("upsert", "b", "b.md", 0, null, ContentHash.of("never put"));
        PushOp asSent = new PushOp("upsert", "c", "c.md", 0, "\uFEFFa\r\nb", ContentHash.of("\uFEFFa\r\nb"));

        assertThat(results(assertRefused("BAD_HASH", () -> sync.push(caller, scope, wrong, unknown))))
                .containsExactly("a bad_hash null", "b content_unknown null");
        assertRefused("CONTENT_UNKNOWN", () -> sync.push(caller, scope, unknown));
        sync.push(caller, scope, asSent);
        assertThat(main()).containsExactly("c 1 c.md a\nb");
    }

    @Test
    void allThatBreaksARuleIsTold() {
        assertThatThrownBy(() -> sync.push(
                        caller,
                        scope,
                        put("a", "../a.md", 0, "A"),
                        put("b", "b.md", 0, "<<<<<<< mine\n=======\n>>>>>>> theirs\n"),
                        put("c", "c.md", 0, "nul \0"),
                        put("d", "d.md", 0, "D"),
                        put("e", "D.md", 0, "E"),
                        put("d", "f.md", 0, "F")))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class,
                        refusal -> assertThat(refusal.errors())
                                .extracting(InvalidPayloadException.Violation::pointer)
                                .containsExactlyInAnyOrder(
                                        "/ops/0/serverPath",
                                        "/ops/1/content",
                                        "/ops/2/content",
                                        "/ops/4/serverPath",
                                        "/ops/5/fileId"));
        assertThat(rows()).isEqualTo("0 files, 0 changes, 0 changesets, head 0, 0 versions");
    }

    @Test
    void tooManyOpsAreRefused() {
        PushOp[] ops = IntStream.range(0, 1_001)
                .mapToObj(i -> put("f" + i, "f" + i + ".md", 0, "x"))
                .toArray(PushOp[]::new);
        assertThatThrownBy(() -> sync.push(caller, scope, ops))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("PAYLOAD_TOO_LARGE"));
    }

    /** Two clients make the same file, and two make different files of one path: one of each two wins, and the other is told. */
    @Test
    void ofTwoThatMakeTheSameOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "f" + round;
            assertThat(race(put(name, name + ".md", 0, "one"), put(name, name + ".md", 0, "other")))
                    .containsExactlyInAnyOrder("ok", "BASE_VERSION_CONFLICT");
            assertThat(race(put(name + "x", name + "x.md", 0, "one"), put(name + "y", name + "X.md", 0, "other")))
                    .containsExactlyInAnyOrder("ok", "CASE_COLLISION");
            assertThat(race(put(name + "p", name + "p", 0, "one"), put(name + "q", name + "p/q.md", 0, "other")))
                    .containsExactlyInAnyOrder("ok", "PATH_TAKEN");
        }
    }

    private List<String> race(PushOp one, PushOp other) throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> ends = new ArrayList<>();
            for (PushOp op : List.of(one, other)) {
                SyncEngine process = sync.process(ends.size());
                ends.add(threads.submit(() -> {
                    start.await();
                    try {
                        process.push(caller, request(scope, newId(), op));
                        return "ok";
                    } catch (RejectedException e) {
                        return e.code();
                    }
                }));
            }
            start.countDown();
            return List.of(ends.get(0).get(), ends.get(1).get());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Each takes what the other one has, in the other order, over and over: nobody waits crosswise. */
    @Test
    void manyWhoPushTheSameFilesCrosswiseAllEnd() throws Exception {
        PushOp[] made = IntStream.range(0, 8)
                .mapToObj(i -> put("f" + i, "f" + i + ".md", 0, "0"))
                .toArray(PushOp[]::new);
        sync.push(caller, scope, made);
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> ends = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int client = t;
                ends.add(threads.submit(() -> edits(client)));
            }
            int done = 0;
            for (Future<Integer> end : ends) {
                done += end.get();
            }
            assertThat(done).isEqualTo(100);
            assertThat(sync.query("SELECT sum(version) FROM semel_sync.files WHERE tenant_id = ?", caller.tenant()))
                    .containsExactly(String.valueOf(8 + 2 * done));
            assertThat(sync.query(
                            "SELECT count(DISTINCT seq) FROM semel_sync.file_changes WHERE tenant_id = ?",
                            caller.tenant()))
                    .containsExactly(String.valueOf(1 + done));
        } finally {
            threads.shutdownNow();
        }
    }

    private int edits(int client) {
        int done = 0;
        for (int i = 0; done < 25; i++) {
            String one = "f" + (client + i) % 8;
            String other = "f" + (client * 3 + i * 5 + 1) % 8;
            if (one.equals(other)) {
                continue;
            }
            var files = sync.engine()
                    .semel()
                    .read(
                            caller.tenant(),
                            c -> sync.engine().tables().files().find(caller.tenant(), scope, List.of(one, other)));
            try {
                PushOp[] swap = {
                    put(one, files.get(other).path(), files.get(one).version(), "by " + client),
                    put(other, files.get(one).path(), files.get(other).version(), "by " + client)
                };
                sync.process(client).push(caller, request(scope, newId(), swap));
                done++;
            } catch (RejectedException e) {
                assertThat(e.code()).isIn("BASE_VERSION_CONFLICT", "PATH_TAKEN");
            }
        }
        return done;
    }
}
