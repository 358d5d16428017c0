package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a tenant's content and says what is missing, altered or unreadable. Thread-safe. */
public final class BlobVerifier {
    /** So many that cannot be read one after the other: it is the store. */
    private static final int OUTAGE = 10;

    private final Blobs blobs;
    private final BlobRows rows;

    BlobVerifier(Blobs blobs, BlobRows rows) {
        this.blobs = blobs;
        this.rows = rows;
    }

    /**
     * Reads blobs to their ends, in the order of their hashes: one at least, if there is one, and no further one when so many were read or so
     * much time has passed. One that cannot be read is named, and the next is read; after ten such in a row no further one. What is put or
     * collected meanwhile may be read or not. Costs as much as reading them; holds no transaction
     * and no more than a page of rows; the thread's interruption ends it.
     *
     * @param after the hash to go on after; the empty text for the beginning
     * @param most how many blobs are read at most
     * @throws IOException if the thread is interrupted while it reads one
     * @throws dev.semel.UnavailableException if the database cannot be reached
     * @throws InterruptedException if the thread is interrupted between two blobs
     */
    public VerifiedBlobs verify(String tenant, String after, int most, Duration time)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<BlobTable.Row> page = rows.page(tenant, after, most + 1);
        Findings findings = new Findings();
        int read = 0;
        while (read < Math.min(page.size(), most)
                && findings.inARow < OUTAGE
                && (read == 0 || System.nanoTime() < end)) {
            verify(tenant, page.get(read++), findings);
        }
        return findings.verified(
                read, read < page.size() ? Optional.of(page.get(read - 1).hash()) : Optional.empty());
    }

    /** Of one call. */
    private static final class Findings {
        private final List<DamagedBlob> damaged = new ArrayList<>();
        private final List<DamagedBlob> unreadable = new ArrayList<>();
        private long bytes;
        private int inARow;
        private @Nullable IOException last;

        void unreadable(BlobTable.Row row, IOException failure) {
            // Its message may say more than a log is to have.
            String problem = "content cannot be read: " + failure.getClass().getSimpleName();
            unreadable.add(new DamagedBlob(row.hash(), row.size(), problem));
            last = failure;
            inARow++;
        }

        VerifiedBlobs verified(int read, Optional<String> next) {
            Optional<IOException> outage = inARow < OUTAGE ? Optional.empty() : Optional.ofNullable(last);
            return new VerifiedBlobs(read, bytes, damaged, unreadable, next, outage);
        }
    }

    private void verify(String tenant, BlobTable.Row row, Findings findings) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the verification was interrupted");
        }
        findings.bytes += row.size();
        try (InputStream content = blobs.open(tenant, row.blob())) {
            content.transferTo(OutputStream.nullOutputStream());
            findings.inARow = 0;
        } catch (DamagedBlobException e) {
            findings.inARow = 0;
            if (isStillThere(tenant, row)) {
                findings.damaged.add(new DamagedBlob(row.hash(), row.size(), String.valueOf(e.getMessage())));
            }
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            findings.unreadable(row, e);
        }
    }

    /** Bytes go only after their row: where it is gone or moved, nothing is wrong. */
    private boolean isStillThere(String tenant, BlobTable.Row row) throws IOException {
        return rows.find(tenant, row.hash())
                .filter(now -> now.location().equals(row.location()))
                .isPresent();
    }
}
