package dev.semel.documents.content;

import dev.semel.InvalidPayloadException;
import dev.semel.UnavailableException;
import dev.semel.documents.blob.BlobTooLargeException;
import dev.semel.documents.blob.Blobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes the content out of payloads and stores it. Thread-safe. Never called inside a transaction. */
public final class ContentStoring {
    private final Blobs blobs;

    /** Stores into these. */
    public ContentStoring(Blobs blobs) {
        this.blobs = blobs;
    }

    /**
     * Takes a payload's content, and returns when it is durable or will lie in the version's row. Whose write fails afterwards
     * leaves an orphan, which is collected later.
     *
     * @throws InvalidPayloadException unless the payload has exactly one content and a sound type
     * @throws UnavailableException if the store cannot be reached
     */
    public SentContent store(String tenant, CarriesContent payload) {
        String text = payload.content();
        String hash = payload.contentHash();
        if ((text == null) == (hash == null)) {
            throw InvalidPayloadException.invalid("/content", "either content or contentHash is needed, and not both");
        }
        return text == null ? named(String.valueOf(hash), payload) : brought(tenant, text, payload);
    }

    private static SentContent named(String hash, CarriesContent payload) {
        if (!ContentHash.fits(hash)) {
            throw InvalidPayloadException.invalid("/contentHash", ContentHash.MESSAGE);
        }
        String type = payload.contentType();
        return new SentContent(new Content.Named(hash), type == null ? null : ContentTypes.ofBytes(type));
    }

    private SentContent brought(String tenant, String text, CarriesContent payload) {
        String type = textType(payload.contentType());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new SentContent(
                bytes.length <= Content.Small.MAX_BYTES
                        ? new Content.Small(ContentHash.of(bytes), bytes)
                        : put(tenant, bytes),
                type);
    }

    private static @Nullable String textType(@Nullable String asSent) {
        return asSent == null ? null : ContentTypes.ofText(asSent);
    }

    private Content put(String tenant, byte[] bytes) {
        try {
            return new Content.Stored(blobs.put(tenant, new ByteArrayInputStream(bytes), bytes.length));
        } catch (BlobTooLargeException e) {
            throw new IllegalStateException("a blob is larger than itself", e);
        } catch (IOException e) {
            throw new UnavailableException("The content store is not available.", e);
        }
    }
}
