package dev.semel.documents;

import static dev.semel.documents.TestDocuments.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.documents.versions.NewVersion;
import dev.semel.failpoint.Failpoints;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However many write to one document, they leave the pool's connections to the others. */
@ExtendWith(DocumentsExtension.class)
class HotDocumentTest {
    private static final int WRITERS = 64;

    private final TestDocuments documents;
    private final Caller caller = TestDocuments.newCaller();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HikariDataSource pool;
    private final DocumentsEngine engine;

    HotDocumentTest(TestDocuments documents) {
        this.documents = documents;
        pool = documents.database().pool(3);
        engine = DocumentsEngine.on(pool, Failpoints.disabled());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        pool.close();
    }

    @Test
    void writersOfOneDocumentWaitWithOneConnectionForAllOfThem() throws Exception {
        UUID hot = documents.document(caller).id();
        UUID other = documents.document(caller).id();
        List<Future<?>> writes;
        try (Connection elsewhere = documents.begin(caller);
                var lock = elsewhere.prepareStatement("SELECT id FROM semel_documents.documents"
                        + " WHERE tenant_id = ? AND id = ? FOR NO KEY UPDATE")) {
            lock.setString(1, caller.tenant());
            lock.setObject(2, hot);
            lock.executeQuery();
            writes = start(writer -> write(hot, writer));
            awaitQueue();

            for (int i = 0; i < 5; i++) {
                engine.append(caller, newKey(), other, NewVersion.of("not hot " + i));
            }
            assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                    .as("of all who wait for the hot one")
                    .isEqualTo(1);
            elsewhere.rollback();
        }
        for (Future<?> write : writes) {
            write.get(60, TimeUnit.SECONDS);
        }
        assertThat(documents.versions(hot)).hasSize(1 + WRITERS).endsWith(String.valueOf(1 + WRITERS));
        assertThat(documents.versions(other)).hasSize(6);
    }

    /** Any of the operations that lock the document. */
    private void write(UUID document, int writer) {
        engine.append(caller, newKey(), document, NewVersion.of("of writer " + writer));
        if (writer % 3 == 0) {
            engine.activate(caller, newKey(), document, 1);
        }
    }

    private List<Future<?>> start(IntConsumer write) {
        List<Future<?>> writes = new ArrayList<>();
        LongStream.range(0, WRITERS).forEach(writer -> writes.add(threads.submit(() -> write.accept((int) writer))));
        return writes;
    }

    /** One waits for the row; the others for their turn, or for a connection where there are none to be had. */
    private void awaitQueue() throws InterruptedException {
        for (int i = 0; i < 2_000 && waitingForTheRow() == 0; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(waitingForTheRow()).isEqualTo(1);
    }

    private int waitingForTheRow() {
        return documents
                .query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .size();
    }
}
