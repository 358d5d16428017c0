package dev.semel.sync.content;

import dev.semel.UnavailableException;
import dev.semel.documents.blob.BlobTooLargeException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.content.Content;
import dev.semel.sync.text.ContentBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Puts contents where they are safe before their write begins. Thread-safe. Never called inside a transaction. */
public final class ContentIntake implements AutoCloseable {
    private final Blobs blobs;
    private final Puts puts;

    /**
     * Stores into these.
     *
     * @param limit how long a content waits at most until it is put, while others' are
     */
    public ContentIntake(Blobs blobs, Duration limit) {
        this.blobs = blobs;
        this.puts = new Puts(limit);
    }

    /** Whether a content is put into the store, and does not lie in its row. */
    public static boolean isStored(ContentBytes content) {
        return content.size() > Content.Small.MAX_BYTES;
    }

    /**
     * A small content as it is, a larger one when its blob is durable. Whose write fails afterwards leaves an orphan, which is
     * collected later.
     *
     * @throws UnavailableException if the store cannot be reached
     */
    public TextContent take(String tenant, ContentBytes content) {
        if (!isStored(content)) {
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

    /**
     * Likewise, many: each content once, and a few at a time.
     *
     * @return by hash
     * @throws UnavailableException if the store cannot be reached, or others' contents leave no place for too long; nothing is being put
     *     any more then
     */
    public Map<String, TextContent> takeAll(String tenant, Collection<ContentBytes> contents) {
        Map<String, TextContent> taken = new HashMap<>();
        Map<String, Callable<TextContent>> stored = new HashMap<>();
        for (ContentBytes content : contents) {
            if (isStored(content)) {
                stored.putIfAbsent(content.hash(), () -> take(tenant, content));
            } else {
                taken.computeIfAbsent(content.hash(), hash -> take(tenant, content));
            }
        }
        List<Callable<TextContent>> calls = new ArrayList<>(stored.values());
        puts.all(calls).forEach(content -> taken.put(content.hash(), content));
        return taken;
    }

    /** Ends its threads. */
    @Override
    public void close() {
        puts.close();
    }
}
