package dev.semel.documents;

import static dev.semel.documents.TestDocuments.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.RejectedException;
import dev.semel.UnavailableException;
import dev.semel.documents.content.SentContent;
import dev.semel.documents.versions.NewVersion;
import dev.semel.documents.versions.Version;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DocumentsExtension.class)
class ConcurrencyTest {
    private static final int WRITERS = 64;
    private static final int VERSIONS_EACH = 5;
    private static final int RACES = 10_000;
    private static final int DOCUMENTS = 4;

    private final TestDocuments documents;
    private final DocumentsEngine engine;
    private final Caller caller = TestDocuments.newCaller();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ConcurrencyTest(TestDocuments documents) {
        this.documents = documents;
        this.engine = documents.engine();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void sixtyFourWritersOfOneDocumentLeaveNoGapAndNoDouble() throws Exception {
        UUID document = documents.document(caller).id();
        AtomicBoolean over = new AtomicBoolean();
        Future<Integer> watching = threads.submit(() -> watch(document, over));
        CyclicBarrier start = new CyclicBarrier(WRITERS);

        List<Version> made = all(IntStream.range(0, WRITERS)
                .<Callable<List<Version>>>mapToObj(writer -> () -> {
                    start.await();
                    return write(document, writer);
                })
                .toList());
        over.set(true);

        long last = 1 + (long) WRITERS * VERSIONS_EACH;
        assertThat(made)
                .extracting(Version::version)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(2, last).boxed().toList());
        assertThat(documents.query(
                        "SELECT version FROM semel_documents.document_versions WHERE document_id = ? ORDER BY version",
                        document))
                .isEqualTo(LongStream.rangeClosed(1, last)
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(watching.get()).as("looks at the active version").isPositive();
    }

    /** Each writer also makes active what it has made. */
    private List<Version> write(UUID document, int writer) {
        List<Version> made = new ArrayList<>();
        for (int i = 0; i < VERSIONS_EACH; i++) {
            Version version = engine.append(caller, document, NewVersion.of(writer + "/" + i))
                    .result();
            engine.activate(caller, newKey(), document, version.version());
            made.add(version);
        }
        return made;
    }

    private int watch(UUID document, AtomicBoolean over) {
        int looks = 0;
        while (!over.get()) {
            assertThat(documents.versions(document).stream().filter(version -> version.endsWith("active")))
                    .hasSize(1);
            looks++;
        }
        return looks;
    }

    @Test
    void doubleUploadsAtOnceAreOneVersion() throws Exception {
        UUID document = documents.document(caller).id();
        CyclicBarrier start = new CyclicBarrier(WRITERS);

        List<Version> answers = all(IntStream.range(0, WRITERS)
                .<Callable<List<Version>>>mapToObj(upload -> () -> {
                    start.await();
                    return List.of(engine.append(caller, document, NewVersion.of("the same"))
                            .result());
                })
                .toList());

        assertThat(answers).hasSize(WRITERS).containsOnly(answers.get(0));
        assertThat(documents.versions(document)).containsExactly("1 active", "2");
    }

    @Test
    void versionOnABaseIsMadeByOneOfManyAtOnce() throws Exception {
        UUID document = documents.document(caller).id();
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        AtomicInteger refused = new AtomicInteger();

        all(IntStream.range(0, WRITERS)
                .<Callable<List<Version>>>mapToObj(writer -> () -> {
                    start.await();
                    NewVersion mine = new NewVersion("of writer " + writer, null, null, 1L);
                    if (code(() -> engine.append(caller, document, mine)).equals("VERSION_CONFLICT")) {
                        refused.incrementAndGet();
                    }
                    return List.of();
                })
                .toList());

        assertThat(refused.get()).isEqualTo(WRITERS - 1);
        assertThat(documents.versions(document)).containsExactly("1 active", "2");
    }

    /** The version's statement sees the blob's row, and its foreign key waits for whoever is deleting it. */
    @Test
    void contentThatIsCollectedWhileItsVersionIsMadeIsPutAgainByARetry() throws Exception {
        UUID document = documents.document(caller).id();
        NewVersion large = NewVersion.of("large ".repeat(2_000));
        SentContent content = engine.storing().store(caller.tenant(), large);
        Future<String> write;
        try (Connection collector = documents.begin(caller);
                Statement statement = collector.createStatement()) {
            statement.execute("DELETE FROM semel_documents.blobs");
            write = threads.submit(() -> {
                try {
                    engine.append(caller, newKey(), document, large, content);
                    return "";
                } catch (UnavailableException e) {
                    return e.code();
                }
            });
            while (documents
                    .query(
                            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                    .isEmpty()) {
                assertThat(write.isDone()).as("it waits for the collector").isFalse();
            }
            collector.commit();
        }

        assertThat(write.get()).isEqualTo("UNAVAILABLE");
        assertThat(documents.versions(document)).containsExactly("1 active");
        assertThat(engine.append(caller, document, large).result().version()).isEqualTo(2);
    }

    @Test
    void activationAndDeletionOfOneVersionNeverBothSucceed() throws Exception {
        AtomicInteger activated = new AtomicInteger();
        all(IntStream.range(0, DOCUMENTS)
                .<Callable<List<Version>>>mapToObj(number -> () -> {
                    race(documents.documentOf(caller, 2).id(), activated);
                    return List.of();
                })
                .toList());

        assertThat(activated.get()).as("each of both is first sometimes").isBetween(1, RACES - 1);
        assertThat(documents.query("""
                SELECT d.id FROM semel_documents.documents d JOIN semel_documents.document_versions v
                    USING (tenant_id) WHERE v.document_id = d.id AND v.version = d.active_version AND v.deleted
                """)).isEmpty();
    }

    private void race(UUID document, AtomicInteger activated) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        for (int round = 0; round < RACES / DOCUMENTS; round++) {
            Future<String> deletion = threads.submit(() -> {
                start.await();
                return code(() -> engine.delete(caller, newKey(), document, 2));
            });
            start.await();
            String activation = code(() -> engine.activate(caller, newKey(), document, 2));
            if (activation.isEmpty()) {
                activated.incrementAndGet();
                assertThat(deletion.get()).isEqualTo("VERSION_ACTIVE");
                engine.activate(caller, newKey(), document, 1);
            } else {
                assertThat(activation).isEqualTo("VERSION_DELETED");
                assertThat(deletion.get()).isEmpty();
                engine.restore(caller, newKey(), document, 2);
            }
        }
    }

    private static String code(Runnable write) {
        try {
            write.run();
            return "";
        } catch (RejectedException refusal) {
            return refusal.code();
        }
    }

    private List<Version> all(List<Callable<List<Version>>> calls) throws InterruptedException, ExecutionException {
        List<Version> results = new ArrayList<>();
        for (Future<List<Version>> future : threads.invokeAll(calls)) {
            results.addAll(future.get());
        }
        return results;
    }
}
