package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs as rows in the database and bytes in a store. Two systems and no transaction over both: this is why nothing that is
 * needed is ever deleted, and nothing that is not needed stays.
 *
 * <p><b>Bytes come first and go last.</b> A row is inserted only after its bytes are durable, and its bytes are deleted only after its own
 * deletion was committed. So wherever a process dies, there may be bytes without a row and never a row without bytes.
 *
 * <p><b>A location is used once.</b> Each put writes to a place of its own (a random id), also if the content is there already: then the
 * row keeps the place that it has, and the new bytes are deleted at once. A deletion that was decided on for a place can come as late
 * and as often as it likes: no later put's bytes are there.
 *
 * <p><b>A row that is referenced cannot be deleted</b>: versions of documents have a foreign key to it. One that is not referenced
 * stays for a grace period after it was put last. {@link CollectBlobs} locks the rows that are due, and only then, in a second statement,
 * deletes those that are due still: a reference that was committed before the lock is seen, one that comes after it waits for
 * the lock and fails on the foreign key, and so does its document's transaction. A put of the same content either renews the row before
 * the lock, and then it is not due any more, or waits and inserts a new row with its own place. The deletion of the bytes is an event of
 * that write: it waits for the commit in the outbox.
 *
 * <p><b>Bytes without a row</b> are left by a process that died between the two, or by a put that does not know whether its row was
 * committed; it must not touch its bytes then. {@link SweepBlobs} finds them by listing the store, and has to tell them from the bytes of a
 * put that is under way. Two rules do it. They must have lain unchanged for the grace period, while a put refuses to insert its row
 * when it has lasted for more than half of that. And a put looks at its clock while it holds a lock on its location until the commit, and
 * the sweep decides while it holds the same lock: a put that has looked is waited out, one that has not will be refused. The clocks
 * that are compared are the store's and this machine's; they may differ by less than half of the grace period.
 *
 * <p><b>Content that is only named</b> was put by somebody else, long ago perhaps. {@link #find} looks for its bytes, and renews its row where
 * it might be collected soon. So between that look and the version's commit only a row may vanish that nobody has renewed for half the grace
 * period, and then the version's statement does not find it, or its foreign key fails: it is refused, and not made without content.
 *
 * <p><b>Lost bytes</b> are found when they are looked for, opened or verified. The row stays, as documents need it; the next put of the same content
 * reads what is there, finds that it is missing or altered, and moves the row to its own bytes.
 *
 * <p>Thread-safe.
 */
final class TenantBlobs implements Blobs {
    private static final Logger LOG = LoggerFactory.getLogger(TenantBlobs.class);

    private final ByteStore store;
    private final BlobRows rows;
    private final Duration grace;
    private final Clock clock;
    private final DamageReports reports;
    private final BlobFailpoints failpoints;

    TenantBlobs(
            ByteStore store,
            BlobRows rows,
            Duration grace,
            Clock clock,
            DamageReports reports,
            BlobFailpoints failpoints) {
        this.store = store;
        this.rows = rows;
        this.grace = grace;
        this.clock = clock;
        this.reports = reports;
        this.failpoints = failpoints;
    }

    @Override
    public StoredBlob put(String tenant, InputStream content, long maxSize) throws IOException {
        return put(tenant, null, content, maxSize);
    }

    @Override
    public StoredBlob putNamed(String tenant, String hash, InputStream content, long maxSize) throws IOException {
        return put(tenant, hash, content, maxSize);
    }

    private StoredBlob put(String tenant, @Nullable String expected, InputStream content, long maxSize)
            throws IOException {
        PutClock limit = PutClock.start(clock, grace);
        Location own = Location.unused(tenant);
        MeasuredContent measured = new MeasuredContent(content, maxSize);
        store.write(own, measured);
        StoredBlob blob = measured.blob();
        if (expected != null && !expected.equals(blob.hash())) {
            discard(own);
            throw new UnexpectedContentException();
        }
        failpoints.reach(BlobFailpoints.AFTER_BYTES);
        UUID kept = keep(own, blob, limit);
        if (!kept.equals(own.id())) {
            settle(blob, kept, own, limit);
        }
        failpoints.reach(BlobFailpoints.AFTER_ROW);
        return blob;
    }

    /** If it fails otherwise, the row may have been committed, and the bytes have to stay. */
    private UUID keep(Location own, StoredBlob blob, PutClock limit) throws IOException {
        try {
            return rows.keep(own, blob, limit);
        } catch (PutTooSlowException e) {
            discard(own);
            throw e;
        }
    }

    /** The content was there before: its bytes stay where they are, if they are. */
    private void settle(StoredBlob blob, UUID kept, Location own, PutClock limit) throws IOException {
        if (isWhole(new Location(own.tenant(), kept), blob) || !rows.move(blob, kept, own, limit)) {
            discard(own);
        } else {
            reports.mended(own.tenant(), blob);
        }
    }

    private boolean isWhole(Location location, StoredBlob blob) throws IOException {
        try (InputStream bytes = open(location, blob)) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (DamagedBlobException e) {
            return false;
        }
    }

    /** If it fails, the sweep does it. */
    private void discard(Location own) {
        try {
            store.delete(own);
        } catch (IOException e) {
            LOG.debug(
                    "bytes that are not needed are left to the sweep: {}",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public Optional<StoredBlob> find(String tenant, String hash) throws IOException {
        Optional<BlobTable.Row> row = rows.renew(tenant, hash, grace.dividedBy(2));
        return row.isPresent() && isThere(tenant, row.get()) ? row.map(BlobTable.Row::blob) : Optional.empty();
    }

    private boolean isThere(String tenant, BlobTable.Row row) throws IOException {
        try {
            open(new Location(tenant, row.location()), row.blob()).close();
            return true;
        } catch (DamagedBlobException e) {
            reports.damaged(tenant, row.blob(), e);
            return false;
        }
    }

    @Override
    public InputStream open(String tenant, StoredBlob blob) throws IOException {
        BlobTable.Row row = rows.find(tenant, blob.hash()).orElseThrow(TenantBlobs::unknown);
        try {
            return open(new Location(tenant, row.location()), blob);
        } catch (DamagedBlobException e) {
            reports.damaged(tenant, blob, e);
            throw e;
        }
    }

    private InputStream open(Location location, StoredBlob blob) throws IOException {
        StoredBytes bytes = openBytes(location);
        if (bytes.size() != blob.size()) {
            bytes.input().close();
            throw new DamagedBlobException("content is not as long as it was");
        }
        return new VerifiedContent(bytes.input(), blob, damage -> reports.damaged(location.tenant(), blob, damage));
    }

    private StoredBytes openBytes(Location location) throws IOException {
        try {
            return store.open(location);
        } catch (NoSuchFileException e) {
            throw new DamagedBlobException("content is missing");
        }
    }

    private static DamagedBlobException unknown() {
        return new DamagedBlobException("there is no such content");
    }
}
