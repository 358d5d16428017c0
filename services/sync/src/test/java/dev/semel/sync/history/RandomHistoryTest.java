package dev.semel.sync.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import dev.semel.sync.pull.ManifestEntry;
import dev.semel.sync.pull.ManifestPages;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Five clients that edit, rename, swap, delete and bring back files, pull and push when they like, and a server that is put back to a
 * backup now and then and forgets what is old, beside a model that knows what has to come of it: a stale push never overwrites, and no accepted edit
 * disappears unless somebody who has seen it takes it away. {@code -Dsemel.test.syncOperations=10000} makes it a long one, {@code
 * -Dsemel.test.syncSeed} another one.
 */
@ExtendWith(PostgresExtension.class)
class RandomHistoryTest {
    private static final int OPERATIONS = Integer.getInteger("semel.test.syncOperations", 1_000);
    private static final long SEED = Long.getLong("semel.test.syncSeed", 7);
    private static final int CLIENTS = 5;

    private final TestDatabase database;

    RandomHistoryTest(TestDatabase database) {
        this.database = database;
        database.migrate("db/semel/documents", "semel_documents");
        database.migrate("db/semel/sync", "semel_sync");
    }

    @Test
    void noAcceptedEditDisappearsUnseen() {
        Random random = new Random(SEED);
        Model model = new Model();
        try (HistoryServer server = new HistoryServer(database)) {
            List<HistoryClient> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> new HistoryClient("client-" + number, server, model, random.nextLong()))
                    .toList();
            for (int operation = 1; operation <= OPERATIONS; operation++) {
                clients.get(random.nextInt(CLIENTS)).step();
                if (operation % 400 == 200) {
                    server.backUp();
                    model.backUp();
                } else if (operation % 400 == 300) {
                    server.restore();
                    model.restore();
                }
                if (operation % 100 == 50) {
                    long old = Math.max(0, model.head() - operation / 100 % 4);
                    server.forget(old);
                    model.forget(old);
                }
            }
            clients.forEach(HistoryClient::pull);

            model.assertNoEditIsMissing();
            assertThat(model.overwritten()).isZero();
            assertThat(server.manifestHash()).isEqualTo(hash(model));
            int conflicts =
                    clients.stream().mapToInt(HistoryClient::conflictsShown).sum();
            int startsAnew =
                    clients.stream().mapToInt(HistoryClient::startsAnew).sum();
            int resyncs = clients.stream().mapToInt(HistoryClient::resyncs).sum();
            assertThat(conflicts).isPositive();
            assertThat(startsAnew).isPositive();
            assertThat(resyncs).isPositive();
            System.out.printf(
                    "%d operations of %d clients: %d files, %d conflicts shown, %d resyncs after a restored backup, %d after"
                            + " what was forgotten, 0"
                            + " edits lost%n",
                    OPERATIONS, CLIENTS, model.files().size(), conflicts, startsAnew, resyncs);
        }
    }

    private static String hash(Model model) {
        return ManifestPages.hash(model.files().entrySet().stream()
                .filter(entry -> !entry.getValue().deleted())
                .map(entry -> new ManifestEntry(
                        entry.getKey(),
                        entry.getValue().path(),
                        entry.getValue().version(),
                        ContentHash.of(entry.getValue().content())))
                .toList());
    }
}
