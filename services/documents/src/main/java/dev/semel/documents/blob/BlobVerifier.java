package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a tenant's content and says what is missing or altered. Thread-safe. */
public final class BlobVerifier {
    private final Blobs blobs;
    private final BlobRows rows;

    BlobVerifier(Blobs blobs, BlobRows rows) {
        this.blobs = blobs;
        this.rows = rows;
    }

    /**
     * Reads blobs to their ends, in the order of their hashes: one at least, if there is one, and no further one when so many were read or so
     * much time has passed. What is put or collected meanwhile may be read or not. Costs as much as reading them; holds no transaction
     * and no more than a page of rows; the thread's interruption ends it.
     *
     * @param after the hash to go on after; the empty text for the beginning
     * @param most how many blobs are read at most
     * @throws IOException if the store cannot be reached
     * @throws dev.semel.UnavailableException if the database cannot be reached
     * @throws InterruptedException if the thread is interrupted between two blobs
     */
    public VerifiedBlobs verify(String tenant, String after, int most, Duration time)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<BlobTable.Row> page = rows.page(tenant, after, most + 1);
        List<DamagedBlob> damaged = new ArrayList<>();
        long bytes = 0;
        int read = 0;
        while (read < Math.min(page.size(), most) && (read == 0 || System.nanoTime() < end)) {
            BlobTable.Row row = page.get(read++);
            verify(tenant, row).ifPresent(damaged::add);
            bytes += row.size();
        }
        return new VerifiedBlobs(
                read,
                bytes,
                damaged,
                read < page.size() ? Optional.of(page.get(read - 1).hash()) : Optional.empty());
    }

    private Optional<DamagedBlob> verify(String tenant, BlobTable.Row row) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the verification was interrupted");
        }
        try (InputStream content = blobs.open(tenant, row.blob())) {
            content.transferTo(OutputStream.nullOutputStream());
            return Optional.empty();
        } catch (DamagedBlobException e) {
            return isStillThere(tenant, row)
                    ? Optional.of(new DamagedBlob(row.hash(), row.size(), String.valueOf(e.getMessage())))
                    : Optional.empty();
        }
    }

    /** Bytes go only after their row: where it is gone or moved, nothing is wrong. */
    private boolean isStillThere(String tenant, BlobTable.Row row) throws IOException {
        return rows.find(tenant, row.hash())
                .filter(now -> now.location().equals(row.location()))
                .isPresent();
    }
}
