package dev.semel.documents;

import dev.semel.Caller;
import dev.semel.Semel;
import dev.semel.documents.content.SentContent;
import dev.semel.documents.versions.DocumentController;
import dev.semel.documents.versions.NewDocument;
import dev.semel.documents.versions.NewVersion;
import dev.semel.documents.versions.VersionController;
import dev.semel.failpoint.Failpoints;
import dev.semel.spring.Gate;
import dev.semel.testkit.ApplicationUnderTest;
import dev.semel.testkit.OperationUnderTest;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every registered operation keeps the contract, whatever fails. On documents of its own: the kit compares all rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    private final TestDocuments documents = new TestDocuments();
    private final Map<Semel, DocumentsEngine> engines = new ConcurrentHashMap<>();

    @AfterAll
    void close() {
        try {
            documents.database().verifyTenancy();
        } finally {
            documents.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsItsContract() {
        return ApplicationUnderTest.of(documents.engine().semel().registry())
                .routes(gates(DocumentController.class, VersionController.class))
                .operation(createDocument())
                .operation(createDocumentVersion())
                .operation(setActiveVersion())
                .operation(deleteDocumentVersion())
                .operation(restoreDocumentVersion())
                .tests(documents.database());
    }

    private static Map<String, String> gates(Class<?>... controllers) {
        return Stream.of(controllers)
                .flatMap(controller -> Stream.of(controller.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Gate.class))
                .collect(Collectors.toMap(
                        Method::toString,
                        method -> method.getAnnotation(Gate.class).value()));
    }

    private Semel engine(DataSource source) {
        DocumentsEngine engine = DocumentsEngine.on(source, Failpoints.disabled());
        engines.put(engine.semel(), engine);
        return engine.semel();
    }

    private OperationUnderTest<NewDocument> createDocument() {
        return OperationUnderTest.<NewDocument>of(
                        DocumentsOperations.CREATE_DOCUMENT,
                        this::engine,
                        (semel, caller, key, asked) -> engines.get(semel).create(caller, key, asked))
                .build(new NewDocument("Plan", "one", null, null), new NewDocument("Plan", "two", null, null));
    }

    /** With its content stored already, as before a gate's transaction. */
    private record Appended(UUID document, NewVersion asked, SentContent content) {}

    private Appended appended(Caller caller, UUID document, String content) {
        NewVersion asked = NewVersion.of(content);
        return new Appended(document, asked, documents.engine().storing().store(caller.tenant(), asked));
    }

    private OperationUnderTest<Appended> createDocumentVersion() {
        return OperationUnderTest.<Appended>of(
                        DocumentsOperations.CREATE_DOCUMENT_VERSION,
                        this::engine,
                        (semel, caller, key, asked) ->
                                engines.get(semel).append(caller, key, asked.document, asked.asked, asked.content))
                .build(
                        caller -> appended(caller, documents.document(caller).id(), "large ".repeat(2_000)),
                        asked -> appended(TestDocuments.newCaller(), asked.document, "small"));
    }

    private record Chosen(UUID document, long version) {}

    private OperationUnderTest<Chosen> setActiveVersion() {
        return OperationUnderTest.<Chosen>of(
                        DocumentsOperations.SET_ACTIVE_VERSION,
                        this::engine,
                        (semel, caller, key, chosen) ->
                                engines.get(semel).activate(caller, key, chosen.document, chosen.version))
                .build(
                        caller -> new Chosen(documents.documentOf(caller, 2).id(), 2),
                        asked -> new Chosen(asked.document, 1));
    }

    private OperationUnderTest<Chosen> deleteDocumentVersion() {
        return OperationUnderTest.<Chosen>of(
                        DocumentsOperations.DELETE_DOCUMENT_VERSION,
                        this::engine,
                        (semel, caller, key, chosen) ->
                                engines.get(semel).delete(caller, key, chosen.document, chosen.version))
                .build(
                        caller -> new Chosen(documents.documentOf(caller, 2).id(), 2),
                        asked -> new Chosen(asked.document, 3));
    }

    private OperationUnderTest<Chosen> restoreDocumentVersion() {
        return OperationUnderTest.<Chosen>of(
                        DocumentsOperations.RESTORE_DOCUMENT_VERSION,
                        this::engine,
                        (semel, caller, key, chosen) ->
                                engines.get(semel).restore(caller, key, chosen.document, chosen.version))
                .build(
                        caller -> {
                            UUID document = documents.documentOf(caller, 2).id();
                            documents.engine().delete(caller, TestDocuments.newKey(), document, 2);
                            return new Chosen(document, 2);
                        },
                        asked -> new Chosen(asked.document, 1));
    }
}
