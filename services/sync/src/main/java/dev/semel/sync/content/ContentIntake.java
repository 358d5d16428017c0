package dev.semel.sync.content;

import dev.semel.UnavailableException;
import dev.semel.documents.blob.BlobTooLargeException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.content.Content;
import dev.semel.sync.text.ContentBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Puts contents where they are safe before their write begins. Thread-safe. Never called inside a transaction. */
public final class ContentIntake {
    private final Blobs blobs;

    /** Stores into these. */
    public ContentIntake(Blobs blobs) {
        this.blobs = blobs;
    }

    /**
     * A small content as it is, a larger one when its blob is durable. Whose write fails afterwards leaves an orphan, which is
     * collected later.
     *
     * @throws UnavailableException if the store cannot be reached
     */
    public TextContent take(String tenant, ContentBytes content) {
        if (content.size() <= Content.Small.MAX_BYTES) {
            return new TextContent(content.hash(), content.size(), content.bytes());
        }
        try {
            blobs.put(tenant, new ByteArrayInputStream(content.bytes()), content.size());
            return new TextContent(content.hash(), content.size(), null);
        } catch (BlobTooLargeException e) {
            throw new IllegalStateException("a blob is larger than itself", e);
        } catch (IOException e) {
            throw new UnavailableException("The content store is not available.", e);
        }
    }
}
