package dev.semel.sync;

import static dev.semel.sync.TestSync.delete;
import static dev.semel.sync.TestSync.put;
import static dev.semel.sync.TestSync.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.spring.Gate;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.ExpireChangeset;
import dev.semel.sync.changesets.FileDecision;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.publish.PublishController;
import dev.semel.sync.publish.PublishReport;
import dev.semel.sync.publish.PublishRequest;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushAnswer.MadeChangeset;
import dev.semel.sync.push.PushController;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.rebase.RevertChangeset;
import dev.semel.sync.review.ChangesetController;
import dev.semel.sync.scopes.NewScope;
import dev.semel.sync.scopes.ScopeController;
import dev.semel.testkit.ApplicationUnderTest;
import dev.semel.testkit.OperationUnderTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every registered operation keeps the contract, whatever fails. On a database of its own: the kit compares all rows. {@code
 * -Dsemel.test.syncPushFiles=500} makes the pushes large ones.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    /** Beside those that a push has always. */
    private static final int MORE_FILES = Integer.getInteger("semel.test.syncPushFiles", 0);

    private static final String LARGE = "large ".repeat(2_000);
    private static final String AMENDED = "amended ".repeat(2_000);

    private final TestSync sync = new TestSync();
    private final AtomicInteger publishers = new AtomicInteger();
    private final Map<Semel, SyncEngine> engines = new ConcurrentHashMap<>();

    @AfterAll
    void close() {
        engines.values().forEach(SyncEngine::close);
        try {
            sync.database().verifyTenancy();
        } finally {
            sync.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsItsContract() {
        return ApplicationUnderTest.of(sync.engine().semel().registry())
                .routes(gates(
                        ScopeController.class,
                        PushController.class,
                        ChangesetController.class,
                        PublishController.class))
                .libraryOnly("expireChangeset")
                .operation(createScope())
                .operation(push("direct")
                        .emits("file.changed", 4 + MORE_FILES)
                        .emits("changeset.proposed", 0)
                        .emits("changeset.closed", 0)
                        .build(caller -> push(caller, "direct"), ContractTest::another))
                .operation(push("reviewed")
                        .emits("file.changed", 0)
                        .emits("changeset.published", 0)
                        .emits("changeset.closed", 0)
                        .build(caller -> push(caller, "reviewed"), ContractTest::another))
                .operation(of(
                                SyncOperations.DECIDE_CHANGESET,
                                (SyncEngine engine, Caller caller, Key key, Decided asked) ->
                                        engine.decide(caller, key, asked.id, null, asked.asked))
                        .build(this::decided, asked -> new Decided(asked.id, decisions(2))))
                .operation(of(
                                SyncOperations.WITHDRAW_CHANGESET,
                                (SyncEngine engine, Caller caller, Key key, UUID id) ->
                                        engine.withdraw(caller, key, id))
                        .build(caller -> proposed(caller).id(), id -> new UUID(0, 1)))
                .operation(of(
                                SyncOperations.REBASE_CHANGESET,
                                (SyncEngine engine, Caller caller, Key key, UUID id) -> engine.rebase(caller, key, id))
                        .build(this::behind, id -> new UUID(0, 1)))
                .operation(publishing().emits("file.changed", 2).build(this::ready, Published::atomic))
                .operation(publishing().build(this::conflicting, Published::atomic))
                .operation(publishing().build(this::resolved, Published::atomic))
                .operation(of(
                                SyncOperations.REVERT_CHANGESET,
                                (SyncEngine engine, Caller caller, Key key, Reverted asked) ->
                                        engine.revert(caller, key, asked.id, asked.asked))
                        .emits("changeset.proposed", 0)
                        .emits("file.changed", 2)
                        .build(
                                caller -> new Reverted(published(caller), new RevertChangeset(null)),
                                asked -> new Reverted(asked.id, new RevertChangeset("other"))))
                .operation(of(
                                ExpireChangeset.OPERATION,
                                (SyncEngine engine, Caller caller, Key key, ExpireChangeset asked) ->
                                        engine.semel().execute(ExpireChangeset.OPERATION, caller, key, asked))
                        .build(
                                caller -> new ExpireChangeset(proposed(caller).id(), 0),
                                asked -> new ExpireChangeset(asked.changesetId(), 7)))
                .tests(sync.database());
    }

    private interface Asking<I> {
        Outcome<?> ask(SyncEngine engine, Caller caller, Key key, I input);
    }

    private <I> OperationUnderTest.Builder<I> of(Operation<?, ?> operation, Asking<I> asking) {
        return OperationUnderTest.<I>of(
                        operation,
                        this::engine,
                        (semel, caller, key, input) -> asking.ask(engines.get(semel), caller, key, input))
                .varies("semel_sync.scopes", "scope", "cursor_key")
                .varies("semel_sync.feeds", "scope", "epoch")
                .varies("semel_sync.files", "scope")
                .varies("semel_sync.file_changes", "scope")
                .varies("semel_sync.changesets", "scope")
                .varies("semel_sync.changeset_revisions", "scope")
                .varies("semel_sync.changeset_changes", "scope");
    }

    private OperationUnderTest.Builder<Published> publishing() {
        return this.<Published>of(SyncOperations.PUBLISH_CHANGESET, this::publish)
                .varies("semel_sync.publish_attempts", "fence"); // who asks again acquires the lease again
    }

    private record Decided(UUID id, NewDecisions asked) {}

    private record Reverted(UUID id, RevertChangeset asked) {}

    /** @param report what each file is to be told, whatever failed before */
    private record Published(UUID id, PublishRequest asked, List<String> report) {
        Published atomic() {
            return new Published(
                    id,
                    new PublishRequest("main", asked.expectedRevision(), asked.decisionsHash(), "atomic", null, null),
                    report);
        }
    }

    private static NewDecisions decisions(int revision) {
        return new NewDecisions(
                revision,
                List.of(
                        new FileDecision("a", "accept", null, null),
                        new FileDecision("b", "amend", AMENDED, "better")));
    }

    /** A content that is put before the transaction is there whatever becomes of it; so it is put before the call here. */
    private void store(Caller caller, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            sync.blobs().put(caller.tenant(), new ByteArrayInputStream(bytes), bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Decided decided(Caller caller) {
        store(caller, AMENDED);
        return new Decided(proposed(caller).id(), decisions(1));
    }

    private MadeChangeset proposed(Caller caller) {
        String scope = sync.scope(caller, "reviewed");
        return made(sync.push(caller, scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B")));
    }

    private static MadeChangeset made(PushAnswer answer) {
        return Objects.requireNonNull(answer.changeset());
    }

    private Published ready(Caller caller) {
        UUID id = proposed(caller).id();
        ChangesetAnswer decided = sync.engine()
                .decide(caller, TestSync.newKey(), id, null, decisions(1))
                .result();
        sync.engine().lease(caller, id).close(); // from now on its row is there, whoever fails
        return new Published(id, asked(decided), List.of("a published 1", "b published 1"));
    }

    private static PublishRequest asked(ChangesetAnswer decided) {
        return new PublishRequest("main", decided.revision(), decided.decisionsHash(), null, null, null);
    }

    /** One of its files is in conflict with main, and stays behind. */
    private Published conflicting(Caller caller) {
        String scope = sync.scope(caller, "reviewed");
        publish(
                caller,
                made(sync.push(caller, scope, put("a", "a.md", 0, "one\ntwo\nthree\n")))
                        .id());
        UUID id = made(sync.push(
                        caller, scope, put("a", "a.md", 1, "one\ntwo\nthree, edited\n"), put("b", "b.md", 0, "B")))
                .id();
        publish(
                caller,
                made(sync.push(caller, scope, put("a", "a.md", 1, "one, edited\ntwo\nthree\n")))
                        .id());
        ChangesetAnswer decided = accept(caller, id, "a", "b");
        sync.database().run("DELETE FROM semel.outbox_events"); // so that only the call's own are there
        return new Published(id, asked(decided), List.of("a conflict BASE_CHANGED", "b published 1"));
    }

    /** Likewise, with the conflict resolved after the others were published. */
    private Published resolved(Caller caller) {
        Published conflicting = conflicting(caller);
        sync.engine().publish(caller, TestSync.newKey(), conflicting.id, conflicting.asked);
        ChangesetAnswer rebased =
                sync.engine().rebase(caller, TestSync.newKey(), conflicting.id).result();
        sync.database().run("DELETE FROM semel.outbox_events"); // so that only the call's own are there
        return new Published(conflicting.id, asked(rebased), List.of("a published 3", "b already_published 1"));
    }

    /**
     * All that the request does, from the acquisition of the lease to its release, and again for as long as somebody else is at it. If
     * there is nobody else, he has died, and his lease expires.
     */
    private Outcome<?> publish(SyncEngine engine, Caller caller, Key key, Published asked) {
        publishers.incrementAndGet();
        try {
            while (true) {
                try {
                    Outcome<PublishReport> outcome = engine.publish(caller, key, asked.id, asked.asked);
                    assertThat(report(outcome.result())).isEqualTo(asked.report);
                    return outcome;
                } catch (RejectedException e) {
                    if (!e.code().equals("PUBLISH_IN_PROGRESS")) {
                        throw e;
                    }
                    if (publishers.get() == 1) {
                        sync.asSuperuser("UPDATE semel.leases SET expires_at = clock_timestamp() WHERE tenant_id = '"
                                + caller.tenant() + "'");
                    }
                }
            }
        } finally {
            publishers.decrementAndGet();
        }
    }

    private static List<String> report(PublishReport report) {
        return report.files().stream()
                .map(file -> file.fileId() + " " + file.status() + " "
                        + (file.conflict() == null ? file.version() : file.conflict()))
                .toList();
    }

    /** A changeset whose file has been edited on main since, elsewhere. */
    private UUID behind(Caller caller) {
        String scope = sync.scope(caller, "reviewed");
        publish(
                caller,
                made(sync.push(caller, scope, put("a", "a.md", 0, "one\ntwo\nthree\n")))
                        .id());
        UUID id = made(sync.push(caller, scope, put("a", "a.md", 1, "one\ntwo\nthree, edited\n")))
                .id();
        publish(
                caller,
                made(sync.push(caller, scope, put("a", "moved.md", 1, "one, edited\ntwo\nthree\n")))
                        .id());
        return id;
    }

    private void publish(Caller caller, UUID id) {
        sync.engine().publish(caller, TestSync.newKey(), id, asked(accept(caller, id, "a")));
    }

    private ChangesetAnswer accept(Caller caller, UUID id, String... files) {
        List<FileDecision> accepted = Stream.of(files)
                .map(file -> new FileDecision(file, "accept", null, null))
                .toList();
        return sync.engine()
                .decide(caller, TestSync.newKey(), id, null, new NewDecisions(1, accepted))
                .result();
    }

    private UUID published(Caller caller) {
        String scope = sync.scope(caller, "direct");
        sync.push(caller, scope, put("a", "a.md", 0, "A"));
        return made(sync.push(caller, scope, put("a", "a.md", 1, "A2"), put("b", "b.md", 0, "B")))
                .id();
    }

    private static Map<String, String> gates(Class<?>... controllers) {
        return Stream.of(controllers)
                .flatMap(controller -> Stream.of(controller.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Gate.class))
                .collect(Collectors.toMap(
                        Object::toString,
                        method -> method.getAnnotation(Gate.class).value()));
    }

    private Semel engine(DataSource source) {
        SyncEngine engine = SyncEngine.on(source, sync.blobs());
        engines.put(engine.semel(), engine);
        return engine.semel();
    }

    private OperationUnderTest<NewScope> createScope() {
        return OperationUnderTest.<NewScope>of(
                        SyncOperations.CREATE_SCOPE,
                        this::engine,
                        (semel, caller, key, asked) -> engines.get(semel).createScope(caller, key, asked))
                .varies("semel_sync.scopes", "cursor_key")
                .varies("semel_sync.feeds", "epoch")
                .build(new NewScope("docs", "direct", null), new NewScope("docs", "reviewed", null));
    }

    private OperationUnderTest.Builder<PushRequest> push(String mode) {
        return OperationUnderTest.<PushRequest>of(
                        SyncOperations.PUSH_CHANGESET,
                        this::engine,
                        (semel, caller, key, asked) ->
                                engines.get(semel).push(caller, key, withId(asked, key.value() + mode.charAt(0))))
                .varies("semel_sync.scopes", "scope", "cursor_key")
                .varies("semel_sync.feeds", "scope", "epoch")
                .varies("semel_sync.files", "scope")
                .varies("semel_sync.file_changes", "scope")
                .varies("semel_sync.changesets", "scope")
                .varies("semel_sync.changeset_revisions", "scope")
                .varies("semel_sync.changeset_changes", "scope");
    }

    /** Two files swap their paths, one is deleted, and a large one comes. */
    private PushRequest push(Caller caller, String mode) {
        String scope = sync.scope(caller, mode);
        store(caller, LARGE);
        if (mode.equals("reviewed")) {
            return more(request(scope, "x", put("a", "a.md", 0, "A"), put("b", "b.md", 0, LARGE)));
        }
        sync.push(caller, scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"), put("c", "c.md", 0, "C"));
        sync.database().run("DELETE FROM semel.outbox_events"); // so that only the call's own are there
        return more(request(
                scope,
                "x",
                put("a", "b.md", 1, "A"),
                put("b", "a.md", 1, "B, edited"),
                delete("c", 1),
                put("d", "c.md", 0, LARGE)));
    }

    private static PushRequest more(PushRequest asked) {
        List<PushOp> ops = new ArrayList<>(asked.ops());
        IntStream.range(0, MORE_FILES)
                .mapToObj(i -> put("more-" + i, "more/" + i + ".md", 0, "# File " + i + "\n"))
                .forEach(ops::add);
        return with(asked, String.valueOf(asked.clientChangesetId()), ops);
    }

    private static PushRequest another(PushRequest asked) {
        List<PushOp> ops = new ArrayList<>(asked.ops());
        ops.set(0, put("a", "other.md", ops.get(0).baseVersion(), "other"));
        return with(asked, String.valueOf(asked.clientChangesetId()), ops);
    }

    private static PushRequest withId(PushRequest asked, String id) {
        return with(asked, id, asked.ops());
    }

    private static PushRequest with(PushRequest asked, String id, List<PushOp> ops) {
        return PushRequest.of(asked.scope(), id, ops);
    }
}
