package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads all content of a tenant and says what is missing or altered. Thread-safe. */
public final class BlobVerifier {
    private static final int PAGE = 100;
    private static final int NAMED = 1_000;

    private final Blobs blobs;
    private final BlobRows rows;

    BlobVerifier(Blobs blobs, BlobRows rows) {
        this.blobs = blobs;
        this.rows = rows;
    }

    /**
     * Reads each blob to its end. What is put or collected meanwhile may be read or not. Costs as much as reading all of it; the
     * thread's interruption ends it.
     *
     * @throws IOException if the store cannot be reached
     * @throws dev.semel.UnavailableException if the database cannot be reached
     * @throws InterruptedException if the thread is interrupted between two blobs
     */
    public BlobVerification verify(String tenant) throws IOException, InterruptedException {
        long read = 0;
        long damaged = 0;
        List<DamagedBlob> named = new ArrayList<>();
        List<BlobTable.Row> page = rows.page(tenant, "", PAGE);
        while (!page.isEmpty()) {
            for (BlobTable.Row row : page) {
                List<DamagedBlob> damage = verify(tenant, row);
                damaged += damage.size();
                named.addAll(named.size() < NAMED ? damage : List.of());
                read++;
            }
            page = rows.page(tenant, page.get(page.size() - 1).hash(), PAGE);
        }
        return new BlobVerification(read, damaged, named);
    }

    /** What is damaged of it: one or nothing. */
    private List<DamagedBlob> verify(String tenant, BlobTable.Row row) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the verification was interrupted");
        }
        try (InputStream content = blobs.open(tenant, row.blob())) {
            content.transferTo(OutputStream.nullOutputStream());
            return List.of();
        } catch (DamagedBlobException e) {
            return isStillThere(tenant, row)
                    ? List.of(new DamagedBlob(row.hash(), String.valueOf(e.getMessage())))
                    : List.of();
        }
    }

    /** Bytes go only after their row: where it is gone or moved, nothing is wrong. */
    private boolean isStillThere(String tenant, BlobTable.Row row) throws IOException {
        return rows.find(tenant, row.hash())
                .filter(now -> now.location().equals(row.location()))
                .isPresent();
    }
}
