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
     * Takes a payload's content, and returns when it is durable or will lie in the version's row; content that is named is looked
     * for. Whether it is there is the write's to judge: a repeated request is answered even if it is not any more. Whose write fails
     * afterwards leaves an orphan, which is collected later.
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
        return text == null ? named(tenant, String.valueOf(hash), payload) : brought(tenant, text, payload);
    }

    /**
     * The payload's media type in its plainest spelling; null if it names none.
     *
     * @throws InvalidPayloadException unless it is sound
     */
    public static @Nullable String type(CarriesContent payload) {
        String asSent = payload.contentType();
        if (asSent == null) {
            return null;
        }
        return payload.content() == null ? ContentTypes.ofBytes(asSent) : ContentTypes.ofText(asSent);
    }

    private SentContent named(String tenant, String hash, CarriesContent payload) {
        if (!ContentHash.fits(hash)) {
            throw InvalidPayloadException.invalid("/contentHash", ContentHash.MESSAGE);
        }
        String type = type(payload);
        return new SentContent(isThere(tenant, hash) ? new Content.Named(hash) : new Content.Absent(hash), type);
    }

    private boolean isThere(String tenant, String hash) {
        try {
            return blobs.find(tenant, hash).isPresent();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static UnavailableException unavailable(IOException cause) {
        return new UnavailableException("The content store is not available.", cause);
    }

    private SentContent brought(String tenant, String text, CarriesContent payload) {
        String type = type(payload);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new SentContent(
                bytes.length <= Content.Small.MAX_BYTES
                        ? new Content.Small(ContentHash.of(bytes), bytes)
                        : put(tenant, bytes),
                type);
    }

    private Content put(String tenant, byte[] bytes) {
        try {
            return new Content.Stored(blobs.put(tenant, new ByteArrayInputStream(bytes), bytes.length));
        } catch (BlobTooLargeException e) {
            throw new IllegalStateException("a blob is larger than itself", e);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }
}
