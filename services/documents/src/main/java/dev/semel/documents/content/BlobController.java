package dev.semel.documents.content;

import dev.semel.InvalidPayloadException;
import dev.semel.RejectedException;
import dev.semel.UnavailableException;
import dev.semel.documents.blob.BlobTooLargeException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.PutTooSlowException;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.documents.blob.UnexpectedContentException;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import dev.semel.spring.Ungated;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The route by which content comes that is too large for a document's JSON, or no text. It is streamed, never held in memory. */
@RestController
@RequestMapping("/api/blobs")
public final class BlobController {
    private final Blobs blobs;
    private final CallerResolver callers;
    private final long maxSize;

    /**
     * Stores for whom the resolver names.
     *
     * @param maxSize the largest content that is taken, in bytes
     */
    public BlobController(Blobs blobs, CallerResolver callers, long maxSize) {
        this.blobs = blobs;
        this.callers = callers;
        this.maxSize = maxSize;
    }

    /**
     * Content that is safe in the store. Immutable.
     *
     * @param contentHash for a document or version to name it by
     * @param size in bytes
     */
    public record PutContent(String contentHash, long size) {}

    /**
     * Puts content under its own name. Unless a document names it, it is collected after a day.
     *
     * @param hash of the body
     */
    @PutMapping("/{hash}")
    @Ungated("content is named by its hash: put again, it is the same content")
    public PutContent put(@PathVariable String hash, HttpServletRequest request)
            throws HttpMediaTypeNotSupportedException {
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        if (!ContentHash.fits(hash)) {
            throw RejectedException.notFound("There is no such content: a name is sha256: and 64 hexadecimal digits.");
        }
        requirePlain(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        if (request.getContentLengthLong() > maxSize) {
            throw tooLarge();
        }
        StoredBlob stored = store(tenant, hash, request);
        return new PutContent(stored.hash(), stored.size());
    }

    private StoredBlob store(String tenant, String hash, HttpServletRequest request) {
        try {
            return blobs.putNamed(tenant, hash, new BodyStream(request.getInputStream()), maxSize);
        } catch (UnexpectedContentException e) {
            throw RejectedException.rule(
                    "CONTENT_HASH_MISMATCH", "The body does not have the hash that the path says.");
        } catch (BlobTooLargeException e) {
            throw tooLarge();
        } catch (PutTooSlowException e) {
            throw new ErrorResponseException(HttpStatus.REQUEST_TIMEOUT, e);
        } catch (IOException e) {
            throw new UnavailableException("The content store is not available.", e);
        }
    }

    private InvalidPayloadException tooLarge() {
        return InvalidPayloadException.tooLarge("At most " + maxSize + " bytes are taken.");
    }

    private static void requirePlain(@Nullable String encoding) throws HttpMediaTypeNotSupportedException {
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpMediaTypeNotSupportedException("Encoded bodies are not taken.", List.of());
        }
    }
}
