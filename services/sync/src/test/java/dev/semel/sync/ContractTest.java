package dev.semel.sync;

import static dev.semel.sync.TestSync.delete;
import static dev.semel.sync.TestSync.put;
import static dev.semel.sync.TestSync.request;

import dev.semel.Caller;
import dev.semel.Semel;
import dev.semel.spring.Gate;
import dev.semel.sync.push.PushController;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.scopes.NewScope;
import dev.semel.sync.scopes.ScopeController;
import dev.semel.testkit.ApplicationUnderTest;
import dev.semel.testkit.OperationUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every registered operation keeps the contract, whatever fails. On a database of its own: the kit compares all rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    private final TestSync sync = new TestSync();
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
                .routes(gates(ScopeController.class, PushController.class))
                .operation(createScope())
                .operation(push("direct")
                        .emits("file.changed", 4)
                        .emits("changeset.proposed", 0)
                        .build(caller -> push(caller, "direct"), ContractTest::another))
                .operation(push("reviewed")
                        .emits("file.changed", 0)
                        .emits("changeset.published", 0)
                        .build(caller -> push(caller, "reviewed"), ContractTest::another))
                .tests(sync.database());
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
                .varies("semel_sync.scopes", "cursor_key")
                .varies("semel_sync.feeds", "epoch");
    }

    /** Two files swap their paths, one is deleted, and a large one comes. */
    private PushRequest push(Caller caller, String mode) {
        String scope = sync.scope(caller, mode);
        if (mode.equals("reviewed")) {
            return request(scope, "x", put("a", "a.md", 0, "A"), put("b", "b.md", 0, "large ".repeat(2_000)));
        }
        sync.push(caller, scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"), put("c", "c.md", 0, "C"));
        return request(
                scope,
                "x",
                put("a", "b.md", 1, "A"),
                put("b", "a.md", 1, "B, edited"),
                delete("c", 1),
                put("d", "c.md", 0, "large ".repeat(2_000)));
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
        return new PushRequest(asked.scope(), id, null, asked.message(), ops, null, null, null);
    }
}
