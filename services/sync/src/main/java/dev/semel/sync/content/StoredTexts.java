package dev.semel.sync.content;

import dev.semel.UnavailableException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.DamagedBlobException;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.sync.text.ContentBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads contents that are stored. Thread-safe. Never called inside a transaction. */
public final class StoredTexts {
    private final Blobs blobs;

    /** Reads these. */
    public StoredTexts(Blobs blobs) {
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
     * The content, whole; empty if it has been collected, as what nothing holds any more.
     *
     * @throws UnavailableException if the store cannot be reached
     */
    public Optional<ContentBytes> find(String tenant, TextContent content) {
        try {
            return Optional.of(read(tenant, content));
        } catch (UnavailableException e) {
            if (e.getCause() instanceof DamagedBlobException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private byte[] blob(String tenant, TextContent content) {
        try (InputStream bytes = blobs.open(tenant, new StoredBlob(content.hash(), content.size()))) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UnavailableException("The content store is not available.", e);
        }
    }
}
