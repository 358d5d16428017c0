package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Puts and documents race the collector, the relay and the sweep, while days pass in between at any moment: no document is without its
 * content.
 */
@ExtendWith(PostgresExtension.class)
class BlobRaceTest {
    private static final int WRITERS = 3;
    private static final int PUTS = 100;
    private static final Duration MORE_THAN_GRACE = BlobFixture.GRACE.plusHours(1);

    private final BlobFixture fixture;
    private final Map<StoredBlob, String> referenced = new ConcurrentHashMap<>();
    private final AtomicInteger collected = new AtomicInteger();
    private final AtomicBoolean done = new AtomicBoolean();

    BlobRaceTest(TestDatabase database, @TempDir Path folder) {
        fixture = new BlobFixture(database, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void noDocumentIsEverWithoutItsContent() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> jobs = new ArrayList<>();
            jobs.add(threads.submit(
                    repeating(() -> collected.addAndGet((int) fixture.collect().done()))));
            jobs.add(threads.submit(repeating(fixture::sweep)));
            jobs.add(threads.submit(repeating(() -> {
                fixture.deliver();
                return null;
            })));
            jobs.add(threads.submit(repeating(() -> {
                fixture.ageBlobs(MORE_THAN_GRACE);
                return null;
            })));
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(i);
                writers.add(threads.submit(() -> write(random)));
            }
            join(writers);
            done.set(true);
            join(jobs);
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
        everyDocumentHasItsContent();
        afterQuietNothingElseIsThere();
        assertThat(referenced).as("documents").isNotEmpty();
        assertThat(collected).as("collected during the race").hasPositiveValue();
    }

    private static void join(List<Future<?>> futures) throws Exception {
        for (Future<?> future : futures) {
            future.get(60, TimeUnit.SECONDS);
        }
    }

    private Callable<Void> repeating(Callable<?> work) {
        return () -> {
            while (!done.get()) {
                work.call();
            }
            return null;
        };
    }

    private Void write(Random random) throws Exception {
        for (int i = 0; i < PUTS; i++) {
            String content = "content " + random.nextInt(40);
            try {
                StoredBlob blob = fixture.put(content);
                if (random.nextInt(10) == 0) {
                    fixture.reference(blob);
                    referenced.put(blob, content);
                }
            } catch (IOException e) {
                // A day has passed during the put: it was refused, or what it had written was swept.
            } catch (DataIntegrityViolationException e) {
                // A day has passed since the put, and it was collected.
            }
        }
        return null;
    }

    private void everyDocumentHasItsContent() throws Exception {
        for (Map.Entry<StoredBlob, String> one : referenced.entrySet()) {
            assertThat(fixture.read(one.getKey())).isEqualTo(one.getValue());
        }
    }

    private void afterQuietNothingElseIsThere() throws Exception {
        fixture.passTime(MORE_THAN_GRACE);
        fixture.collect();
        fixture.deliver();
        fixture.sweep();
        everyDocumentHasItsContent();
        assertThat(fixture.rows()).hasSameSizeAs(referenced.keySet()).isEqualTo(fixture.places());
        assertThat(fixture.files()).hasSameSizeAs(referenced.keySet());
    }
}
