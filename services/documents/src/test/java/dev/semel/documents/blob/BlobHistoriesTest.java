package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.documents.blob.CrashingStore.Crash;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import dev.semel.testkit.TestRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of puts, documents, collections, deliveries and sweeps, whose process dies again and again: whatever a document names
 * can be read, what was put stays for the grace period, and after quiet nothing is left that nothing needs.
 */
@ExtendWith(PostgresExtension.class)
class BlobHistoriesTest {
    private static final int STEPS = 60;
    private static final Duration MORE_THAN_GRACE = BlobFixture.GRACE.plusHours(1);

    private final BlobFixture fixture;
    private final Map<String, StoredBlob> young = new TreeMap<>();
    private final Map<String, StoredBlob> referenced = new TreeMap<>();
    private final List<String> history = new ArrayList<>();

    BlobHistoriesTest(TestDatabase database, @TempDir Path folder) {
        fixture = new BlobFixture(database, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nothingNeededIsEverLostAndNothingElseStays(long seed) throws Exception {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            take(random);
            everythingNeededIsThere();
        }
        afterQuietNothingElseIsThere();
    }

    private void take(Random random) throws Exception {
        String content = "content " + random.nextInt(4);
        CrashingStore store = new CrashingStore(fixture.files, random.nextInt(4), random.nextBoolean());
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> put(content, store, transactions(random));
            case 3, 4 -> reference(content);
            case 5 -> passTime();
            case 6, 7 -> crashing("collect", () -> fixture.collect());
            case 8 -> crashing("deliver", () -> deliver(store));
            default -> crashing("sweep", () -> fixture.sweep(store));
        }
    }

    /** Dies before, during or after the commit, or not at all. */
    private Transactions transactions(Random random) {
        int fate = random.nextInt(6);
        return new Transactions() {
            @Override
            public <T> T run(TransactionBody<T> body) throws Exception {
                if (fate == 0) {
                    throw new Crash();
                }
                T result = fixture.transactions.run(connection -> {
                    T inside = body.run(connection);
                    if (fate == 1) {
                        throw new Crash();
                    }
                    return inside;
                });
                if (fate == 2) {
                    throw new Crash();
                }
                return result;
            }
        };
    }

    private void put(String content, ByteStore store, Transactions transactions) throws Exception {
        crashing(
                "put " + content,
                () -> young.put(
                        content,
                        fixture.blobs(store, transactions).put(fixture.tenant, BlobFixture.stream(content), 1_000)));
    }

    private void reference(String content) throws Exception {
        StoredBlob blob = young.get(content);
        if (blob != null) {
            history.add("reference " + content);
            fixture.reference(blob);
            referenced.put(content, blob);
        }
    }

    private void passTime() {
        history.add("pass time");
        fixture.passTime(MORE_THAN_GRACE);
        young.clear();
    }

    private void deliver(ByteStore store) {
        try (TestRelay relay = fixture.relay(store)) {
            relay.drain();
        }
    }

    private interface Step {
        void take() throws Exception;
    }

    private void crashing(String what, Step step) throws Exception {
        try {
            step.take();
            history.add(what);
        } catch (Crash e) {
            history.add(what + " and die");
        }
    }

    private void everythingNeededIsThere() throws Exception {
        Map<String, StoredBlob> needed = new TreeMap<>(young);
        needed.putAll(referenced);
        for (Map.Entry<String, StoredBlob> one : needed.entrySet()) {
            assertThat(fixture.read(one.getValue())).as("%s", history).isEqualTo(one.getKey());
        }
        assertThat(fixture.places()).as("%s", history).containsAll(fixture.rows());
    }

    private void afterQuietNothingElseIsThere() throws Exception {
        passTime();
        fixture.collect();
        deliver(fixture.files);
        fixture.passTime(MORE_THAN_GRACE);
        deliver(fixture.files);
        fixture.sweep();
        everythingNeededIsThere();
        assertThat(fixture.rows()).as("%s", history).hasSize(referenced.size());
        Set<Object> places = new HashSet<>(fixture.places());
        assertThat(places).as("%s", history).isEqualTo(fixture.rows());
        assertThat(fixture.files()).as("%s", history).hasSize(referenced.size());
    }
}
