package dev.semel.sync.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.UnavailableException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.documents.content.ContentHash;
import dev.semel.sync.text.ContentBytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contents on their way into the store: each once, a few at a time. */
class ContentIntakeTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Map<String, Integer> puts = new ConcurrentHashMap<>();
    private volatile int failAt = Integer.MAX_VALUE;
    private volatile CountDownLatch hold = new CountDownLatch(0);

    /** Keeps the hashes, and fails one put. */
    private final class Store implements Blobs {
        @Override
        public StoredBlob put(String tenant, InputStream content, long maxSize) throws IOException {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                hold.await();
                byte[] bytes = content.readAllBytes();
                TimeUnit.MILLISECONDS.sleep(2);
                puts.merge(ContentHash.of(bytes), 1, Integer::sum);
                if (puts.size() == failAt) {
                    throw new IOException("the store is gone");
                }
                return new StoredBlob(ContentHash.of(bytes), bytes.length);
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                running.decrementAndGet();
            }
        }

        @Override
        public StoredBlob putNamed(String tenant, String hash, InputStream content, long maxSize) throws IOException {
            return put(tenant, content, maxSize);
        }

        @Override
        public Optional<StoredBlob> find(String tenant, String hash) {
            return Optional.empty();
        }

        @Override
        public InputStream open(String tenant, StoredBlob blob) throws IOException {
            throw new IOException("nobody opens it");
        }
    }

    private static List<ContentBytes> contents(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ContentBytes.ofText((i + " line\n").repeat(2_000))
                        .value()
                        .orElseThrow())
                .toList();
    }

    @Test
    void eachContentIsPutOnceAndSmallOnesNotAtAll() {
        List<ContentBytes> contents = new ArrayList<>(contents(40));
        contents.addAll(contents(40));
        ContentBytes small = ContentBytes.ofText("small\n").value().orElseThrow();
        contents.add(small);
        try (ContentIntake intake = new ContentIntake(new Store(), PATIENT)) {
            Map<String, TextContent> taken = intake.takeAll("acme", contents);

            assertThat(puts)
                    .hasSize(40)
                    .allSatisfy((hash, times) -> assertThat(times).isEqualTo(1));
            assertThat(taken).hasSize(41).containsKeys(puts.keySet().toArray(String[]::new));
            assertThat(taken.get(small.hash()).inline()).isEqualTo(small.bytes());
            assertThat(taken.get(contents.get(7).hash()))
                    .isEqualTo(new TextContent(
                            contents.get(7).hash(), contents.get(7).size(), null));
        }
    }

    @Test
    void aFewArePutAtATimeForAllCallersTogether() throws Exception {
        try (ContentIntake intake = new ContentIntake(new Store(), PATIENT)) {
            CountDownLatch done = new CountDownLatch(4);
            for (int caller = 0; caller < 4; caller++) {
                new Thread(() -> {
                            intake.takeAll("acme", contents(50));
                            done.countDown();
                        })
                        .start();
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most.get()).isBetween(2, 4);
    }

    /** Nothing is put behind the back of a caller who has been told that it failed. */
    @Test
    void whenOnePutFailsNoOtherGoesOn() throws Exception {
        failAt = 5;
        try (ContentIntake intake = new ContentIntake(new Store(), PATIENT)) {
            assertThatThrownBy(() -> intake.takeAll("acme", contents(200))).isInstanceOf(UnavailableException.class);

            assertThat(running).hasValue(0);
            int put = puts.size();
            assertThat(put).isLessThan(200);
            TimeUnit.MILLISECONDS.sleep(50);
            assertThat(puts).hasSize(put);

            failAt = Integer.MAX_VALUE;
            assertThat(intake.takeAll("acme", contents(200))).hasSize(200);
        }
    }

    /** Who waits when the server stops is not left waiting. */
    @Test
    void whoWaitsIsToldThatItIsClosed() throws Exception {
        ContentIntake intake = new ContentIntake(new Store(), PATIENT);
        CompletableFuture<Map<String, TextContent>> waiting =
                CompletableFuture.supplyAsync(() -> intake.takeAll("acme", contents(2_000)));
        while (puts.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        intake.close();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(UnavailableException.class);
        assertThat(running).hasValue(0);
    }

    @Test
    void aClosedOneIsUnavailable() {
        ContentIntake intake = new ContentIntake(new Store(), PATIENT);
        intake.close();

        assertThatThrownBy(() -> intake.takeAll("acme", contents(2))).isInstanceOf(UnavailableException.class);
    }

    /** All places are taken by somebody whose store is slow: others are told to come again, and nothing of theirs is put. */
    @Test
    void whoGetsNoPlaceInTimeIsToldSoAndNothingIsPut() throws Exception {
        hold = new CountDownLatch(1);
        try (ContentIntake intake = new ContentIntake(new Store(), Duration.ofMillis(200))) {
            CompletableFuture<Map<String, TextContent>> slow =
                    CompletableFuture.supplyAsync(() -> intake.takeAll("acme", contents(4)));
            while (running.get() < 4) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            List<ContentBytes> others = contents(12).subList(4, 12);

            CompletableFuture<Map<String, TextContent>> refused =
                    CompletableFuture.supplyAsync(() -> intake.takeAll("globex", others));
            assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            UnavailableException.class,
                            refusal -> assertThat(refusal.retryable()).isTrue());

            hold.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS))
                    .as("who has begun is not cut off")
                    .hasSize(4);
            assertThat(puts).hasSize(4);
            assertThat(intake.takeAll("globex", others)).hasSize(8);
        }
    }
}
