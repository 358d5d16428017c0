package dev.semel.sync;

import static dev.semel.sync.TestSync.delete;
import static dev.semel.sync.TestSync.put;

import dev.semel.Caller;
import dev.semel.Semel;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import dev.semel.testkit.FaultEnumeration;
import dev.semel.testkit.OperationUnderTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A push of very many files is one transaction: whatever fails, there is no changeset, no row of a file and no step of a counter, and the
 * retry does all of it. On a database of its own: the kit compares all rows. {@code -Dsemel.test.syncPushFiles=500} makes it a
 * large one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargePushTest {
    private static final int FILES = Integer.getInteger("semel.test.syncPushFiles", 40);

    private final TestSync sync = new TestSync();
    private final Map<Semel, SyncEngine> engines = new ConcurrentHashMap<>();

    @AfterAll
    void close() {
        engines.values().forEach(SyncEngine::close);
        sync.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "reviewed"})
    void noFaultLeavesAPartOfAPush(String mode) {
        FaultEnumeration.Report report = FaultEnumeration.run(
                sync.database(),
                OperationUnderTest.<PushRequest>of(
                                SyncOperations.PUSH_CHANGESET,
                                this::engine,
                                (semel, caller, key, asked) ->
                                        engines.get(semel).push(caller, asked))
                        .varies("semel_sync.scopes", "scope", "cursor_key")
                        .varies("semel_sync.feeds", "scope", "epoch")
                        .varies("semel_sync.files", "scope")
                        .varies("semel_sync.file_changes", "scope")
                        .varies("semel_sync.changesets", "scope")
                        .varies("semel_sync.changeset_revisions", "scope", "client_changeset_id")
                        .varies("semel_sync.changeset_changes", "scope")
                        .build(caller -> push(caller, mode), asked -> asked));
        System.out.println(FILES + " files, " + mode + ": " + report);
    }

    private Semel engine(DataSource source) {
        SyncEngine engine = SyncEngine.on(source, sync.blobs());
        engines.put(engine.semel(), engine);
        return engine.semel();
    }

    /** New files, edits, a rename, a delete, and one whose content is a blob. */
    private PushRequest push(Caller caller, String mode) {
        String scope = sync.scope(caller, mode);
        PushOp[] ops = IntStream.range(0, FILES)
                .mapToObj(i -> put("f" + i, "folder/f" + i + ".md", 0, "# File " + i + "\n"))
                .toArray(PushOp[]::new);
        if (mode.equals("direct")) {
            sync.push(caller, scope, ops[0], ops[1], ops[2]);
            sync.database().run("DELETE FROM semel.outbox_events");
            ops[0] = put("f0", "folder/f0.md", 1, "edited\n");
            ops[1] = put("f1", "elsewhere/f1.md", 1, "# File 1\n");
            ops[2] = delete("f2", 1);
        }
        return PushRequest.of(scope, TestSync.newId(), List.of(ops));
    }
}
