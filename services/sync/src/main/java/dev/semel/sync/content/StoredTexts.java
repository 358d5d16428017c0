package dev.semel.sync.content;

import dev.semel.Semel;
import dev.semel.UnavailableException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.DamagedBlobException;
import dev.semel.documents.blob.KnownBlobs;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.sync.text.ContentBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Reads contents that are stored. Thread-safe. Never called inside a transaction. */
public final class StoredTexts {
    private final Semel semel;
    private final KnownBlobs known;
    private final Blobs blobs;

    /** Reads those of the store; the table knows which of them are there. */
    public StoredTexts(Semel semel, KnownBlobs known, Blobs blobs) {
        this.semel = semel;
        this.known = known;
        this.blobs = blobs;
    }

    /**
     * The content, whole.
     *
     * @throws UnavailableException if the store cannot be reached, or has lost it
     */
    public ContentBytes read(String tenant, TextContent content) {
        byte[] inline = content.inline();
        return ContentBytes.ofBytes(inline != null ? inline : blob(tenant, content))
                .orElseThrow(refusal -> new IllegalStateException("stored text breaks the rule " + refusal.rule()));
    }

    /**
     * The content, whole; empty if it has been collected, as what nothing holds any more. What is held, or was not collected yet, and
     * cannot be read, is not nothing.
     *
     * @throws UnavailableException if the store cannot be reached, or has lost it
     */
    public Optional<ContentBytes> find(String tenant, TextContent content) {
        try {
            return Optional.of(read(tenant, content));
        } catch (UnavailableException e) {
            if (e.getCause() instanceof DamagedBlobException && isCollected(tenant, content.hash())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Bytes go only after their row, and a row only when nothing holds it. */
    private boolean isCollected(String tenant, String hash) {
        return semel.read(tenant, connection -> known.find(tenant, List.of(hash)))
                .isEmpty();
    }

    private byte[] blob(String tenant, TextContent content) {
        try (InputStream bytes = blobs.open(tenant, new StoredBlob(content.hash(), content.size()))) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UnavailableException("The content store is not available.", e);
        }
    }
}
