package dev.semel.sync.content;

import dev.semel.Semel;
import dev.semel.UnavailableException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.DamagedBlobException;
import dev.semel.documents.blob.KnownBlobs;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.documents.content.Content;
import dev.semel.sync.text.Checked;
import dev.semel.sync.text.ContentBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Finds contents that were put before, by their hashes, and reads whether they are texts. Thread-safe. Never called inside a transaction. */
public final class PutContents {
    /** Most bytes of a file. */
    public static final int MAX_SIZE = 10 << 20;

    private final Semel semel;
    private final KnownBlobs known;
    private final Blobs blobs;

    /** Looks them up in the table, and reads them from the store. */
    public PutContents(Semel semel, KnownBlobs known, Blobs blobs) {
        this.semel = semel;
        this.known = known;
        this.blobs = blobs;
    }

    /** What was put under a hash. */
    public sealed interface Found {
        /** A text that can become a file. */
        record Text(TextContent content) implements Found {}

        /** Something else: too large, no text, or not in the form in which texts are stored. */
        record Unfit(String why) implements Found {}
    }

    /**
     * Those that are there, by hash. Reads each of them whole.
     *
     * @throws UnavailableException if the database or the store cannot be reached
     */
    public Map<String, Found> find(String tenant, Collection<String> hashes) {
        Map<String, Found> found = new HashMap<>();
        if (hashes.isEmpty()) {
            return found;
        }
        for (StoredBlob blob : semel.read(tenant, connection -> known.find(tenant, hashes))) {
            try {
                found.put(blob.hash(), read(tenant, blob));
            } catch (DamagedBlobException e) {
                found.remove(blob.hash()); // as if it had never been put: the next put mends it
            } catch (IOException e) {
                throw new UnavailableException("The content store is not available.", e);
            }
        }
        return found;
    }

    private Found read(String tenant, StoredBlob blob) throws IOException {
        if (blob.size() > MAX_SIZE) {
            return new Found.Unfit("has more than " + MAX_SIZE + " bytes");
        }
        try (InputStream bytes = blobs.open(tenant, blob)) {
            return fit(blob, ContentBytes.ofBytes(bytes.readAllBytes()));
        }
    }

    private static Found fit(StoredBlob blob, Checked<ContentBytes> read) {
        if (read.refusal().isPresent()) {
            return new Found.Unfit(read.refusal().get().detail());
        }
        ContentBytes content = read.value().orElseThrow();
        if (!content.hash().equals(blob.hash())) {
            return new Found.Unfit("has a byte order mark or ends of lines other than LF");
        }
        if (content.conflictMarkers().isPresent()) {
            return new Found.Unfit("CONFLICT_MARKERS: has the markers of an unfinished merge");
        }
        boolean small = blob.size() <= Content.Small.MAX_BYTES;
        return new Found.Text(new TextContent(blob.hash(), blob.size(), small ? content.bytes() : null));
    }
}
