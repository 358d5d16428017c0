package dev.semel.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.documents.versions.NewDocument;
import dev.semel.documents.versions.NewVersion;
import dev.semel.outbox.UsageSink;
import dev.semel.testkit.TestRelay;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each executed write of the documents is one of its tenant's usage: no replay is, no refusal, and no second delivery. */
@ExtendWith(DocumentsExtension.class)
class UsageTest {
    private static final String UNKNOWN = "sha256:" + "0".repeat(64);

    private final TestDocuments documents;
    private final DocumentsEngine engine;
    private final Caller caller = TestDocuments.newCaller();

    UsageTest(TestDocuments documents) {
        this.documents = documents;
        this.engine = documents.engine();
    }

    /** A write under a key, on a document whose versions are 1, which is active, 2, and 3, which is deleted. */
    private interface Writing {
        Outcome<?> write(UsageTest test, UUID document, Key key);
    }

    /** A way to ask for an operation, and a way to be refused. */
    private record Counted(String operation, Writing writing, Writing refused) {
        static Counted onDocument(String operation, Writing writing) {
            return new Counted(
                    operation, writing, (test, document, key) -> writing.write(test, UUID.randomUUID(), key));
        }
    }

    static Stream<Named<Counted>> operations() {
        return Stream.of(
                        new Counted(
                                "createDocument",
                                (test, document, key) -> test.create(key, new NewDocument("Plan", "one", null, null)),
                                (test, document, key) ->
                                        test.create(key, new NewDocument("Plan", null, UNKNOWN, null))),
                        Counted.onDocument(
                                "createDocumentVersion",
                                (test, document, key) ->
                                        test.engine.append(test.caller, key, document, NewVersion.of("four"))),
                        Counted.onDocument(
                                "setActiveVersion",
                                (test, document, key) -> test.engine.activate(test.caller, key, document, 2)),
                        Counted.onDocument(
                                "deleteDocumentVersion",
                                (test, document, key) -> test.engine.delete(test.caller, key, document, 2)),
                        Counted.onDocument(
                                "restoreDocumentVersion",
                                (test, document, key) -> test.engine.restore(test.caller, key, document, 3)))
                .map(counted -> Named.of(counted.operation, counted));
    }

    private Outcome<?> create(Key key, NewDocument asked) {
        return engine.create(caller, key, asked);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void writeIsCountedOnceHoweverOftenItIsAskedForAndDelivered(Counted counted) {
        UUID document = documents.documentOf(caller, 3).id();
        engine.delete(caller, TestDocuments.newKey(), document, 3);
        long before = count(counted.operation);
        Key key = TestDocuments.newKey();

        assertThat(counted.writing.write(this, document, key).replayed()).isFalse();
        assertThat(counted.writing.write(this, document, key).replayed()).isTrue();
        assertThat(count(counted.operation)).isEqualTo(before + 1);
        documents.forgetKeys(caller);
        assertThat(counted.writing.write(this, document, key).replayed())
                .as("also long after")
                .isTrue();
        assertThat(count(counted.operation)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusedWriteIsNotCounted(Counted counted) {
        UUID document = documents.document(caller).id();
        long before = count(counted.operation);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> counted.refused.write(this, document, TestDocuments.newKey()));
        assertThat(count(counted.operation)).isEqualTo(before);
    }

    /** After everything that is to be delivered has been, to two relays at once. */
    private long count(String operation) {
        try (TestRelay one = TestRelay.of(
                        documents.database(),
                        UsageSink.subscription(engine.semel().registry()));
                TestRelay other = TestRelay.of(
                        documents.database(),
                        UsageSink.subscription(engine.semel().registry()))) {
            Stream.of(one, other).parallel().forEach(TestRelay::drain);
            one.drain();
        }
        List<String> counts = documents.query(
                "SELECT count FROM semel.daily_usage WHERE tenant_id = ? AND operation_type = ?",
                caller.tenant(),
                operation);
        return counts.stream().mapToLong(Long::parseLong).sum();
    }
}
