package dev.semel.sync;

import static dev.semel.sync.TestSync.put;

import dev.semel.Caller;
import dev.semel.Semel;
import dev.semel.spring.Gate;
import dev.semel.sync.articles.ArticleOperations;
import dev.semel.sync.articles.DocController;
import dev.semel.sync.articles.PutDoc;
import dev.semel.sync.scopes.NewScope;
import dev.semel.testkit.ApplicationUnderTest;
import dev.semel.testkit.OperationUnderTest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The operations of articles keep the contract, whatever fails, for files of sync and for ordinary ones. On a database of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArticlesContractTest {
    private static final String FILE = "jrn:/global:docs:article/sync-a";
    private static final String ORDINARY = "jrn:/global:docs:article/a";

    private final TestSync sync = new TestSync();
    private final ArticlesEngine articles = ArticlesEngine.on(sync.database().pool(4), sync.blobs());
    private final Map<Semel, ArticlesEngine> engines = new ConcurrentHashMap<>();

    @AfterAll
    void close() {
        try {
            sync.database().verifyTenancy();
        } finally {
            sync.close();
        }
    }

    private record Asked(String jrn, PutDoc put) {}

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsItsContract() {
        return ApplicationUnderTest.of(articles.semel().registry())
                .routes(Stream.of(DocController.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Gate.class))
                        .collect(Collectors.toMap(
                                Object::toString,
                                method -> method.getAnnotation(Gate.class).value())))
                .operation(putting()
                        .build(caller -> new Asked(withFile(caller), new PutDoc("B", 1L, "b.md")), this::another))
                .operation(putting().emits("file.changed", 0).build(this::large, this::another))
                .operation(deleting().build(this::withFile, jrn -> ORDINARY))
                .operation(deleting().emits("file.changed", 0).build(this::withArticle, jrn -> FILE))
                .tests(sync.database());
    }

    private Semel engine(DataSource source) {
        ArticlesEngine engine = ArticlesEngine.on(source, sync.blobs());
        engines.put(engine.semel(), engine);
        return engine.semel();
    }

    private OperationUnderTest.Builder<Asked> putting() {
        return OperationUnderTest.<Asked>of(
                        ArticleOperations.PUT_DOC,
                        this::engine,
                        (semel, caller, key, asked) ->
                                engines.get(semel).put(caller, key, asked.jrn(), null, asked.put()))
                .varies("semel_sync.scopes", "cursor_key")
                .varies("semel_sync.feeds", "epoch");
    }

    private OperationUnderTest.Builder<String> deleting() {
        return OperationUnderTest.<String>of(
                        ArticleOperations.DELETE_DOC,
                        this::engine,
                        (semel, caller, key, jrn) -> engines.get(semel).delete(caller, key, jrn, null))
                .varies("semel_sync.scopes", "cursor_key")
                .varies("semel_sync.feeds", "epoch");
    }

    /** With its content stored already, as before a gate's transaction. */
    private Asked large(Caller caller) {
        Asked asked = new Asked(ORDINARY, new PutDoc("A ".repeat(6_000), 0L, null));
        articles.preparation().prepare(caller.tenant(), asked.put());
        return asked;
    }

    private Asked another(Asked asked) {
        return new Asked(
                asked.jrn(),
                new PutDoc("other", asked.put().version(), asked.put().serverPath()));
    }

    private String withFile(Caller caller) {
        sync.engine().createScope(caller, TestSync.newKey(), new NewScope("docs", "direct", null));
        sync.push(caller, "docs", put("a", "a.md", 0, "A"));
        return FILE;
    }

    private String withArticle(Caller caller) {
        articles.put(caller, TestSync.newKey(), ORDINARY, null, new PutDoc("A", 0L, null));
        return ORDINARY;
    }
}
