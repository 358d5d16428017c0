package dev.semel.documents.blob;

import dev.semel.Transactions;
import dev.semel.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** What the database knows of blobs, each call in a short transaction of its tenant. Thread-safe. */
final class BlobRows {
    private final Transactions transactions;
    private final BlobTable table;
    private final PutLocks locks;

    /** @param jdbc takes part in those transactions */
    BlobRows(Transactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.table = new BlobTable(jdbc);
        this.locks = new PutLocks(jdbc);
    }

    /** The location that counts from now on: this one, or an earlier put's. */
    UUID keep(Location location, StoredBlob blob, PutClock clock) throws IOException {
        return inside(location.tenant(), () -> {
            locks.hold(location.id());
            clock.requireInTime();
            return table.keep(location, blob);
        });
    }

    /** False if the row is no more where it was. */
    boolean move(StoredBlob blob, UUID from, Location to, PutClock clock) throws IOException {
        return inside(to.tenant(), () -> {
            locks.hold(to.id());
            clock.requireInTime();
            return table.move(blob.hash(), from, to);
        });
    }

    /** The row, which is not due before the grace period has passed again, less that age. */
    Optional<BlobTable.Row> renew(String tenant, String hash, Duration age) throws IOException {
        return inside(tenant, () -> {
            table.renew(tenant, hash, age);
            return table.find(tenant, hash);
        });
    }

    Optional<BlobTable.Row> find(String tenant, String hash) throws IOException {
        return inside(tenant, () -> table.find(tenant, hash));
    }

    List<BlobTable.Row> page(String tenant, String afterHash, int limit) throws IOException {
        return inside(tenant, () -> table.page(tenant, afterHash, limit));
    }

    List<BlobTable.Row> due(String tenant, BlobTable.Place after, Duration grace, int limit) throws IOException {
        return inside(tenant, () -> table.due(tenant, after, grace, limit));
    }

    /**
     * Those at which no row is and none can come, given that they are older than the grace: who holds no lock now has to look at its
     * clock first. READ COMMITTED, so that the rows of a put that has just let go of its lock are seen.
     */
    List<UUID> orphans(String tenant, List<UUID> locations) throws IOException {
        return inside(tenant, () -> {
            List<UUID> free = locks.free(locations);
            List<UUID> known = table.known(tenant, free);
            return free.stream().filter(location -> !known.contains(location)).toList();
        });
    }

    private <T> T inside(String tenant, Callable<T> body) throws IOException {
        try {
            return transactions.run(tenant, connection -> body.call());
        } catch (TransactionException e) {
            throw new UnavailableException(e);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new UnavailableException(e);
        }
    }
}
