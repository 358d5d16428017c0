package dev.semel.sync.content;

import dev.semel.InvalidPayloadException;
import dev.semel.RejectedException;
import dev.semel.UnavailableException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.DamagedBlobException;
import dev.semel.documents.blob.KnownBlobs;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.documents.content.BlobController;
import dev.semel.documents.content.ContentHash;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import dev.semel.spring.Ungated;
import dev.semel.spring.web.JsonBodies;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes by which contents come and go that are too large for a push or a pull. */
@RestController
@RequestMapping("/v1/blobs")
public final class SyncBlobController {
    private static final int MAX_HASHES = 1_000;

    private final BlobController putting;
    private final KnownBlobs known;
    private final Blobs blobs;
    private final TenantReads reads;
    private final CallerResolver callers;
    private final JsonBodies bodies;

    /**
     * Serves these.
     *
     * @param putting takes contents, up to the size of the largest file
     */
    public SyncBlobController(
            BlobController putting,
            KnownBlobs known,
            Blobs blobs,
            TenantReads reads,
            CallerResolver callers,
            JsonBodies bodies) {
        this.putting = putting;
        this.known = known;
        this.blobs = blobs;
        this.reads = reads;
        this.callers = callers;
        this.bodies = bodies;
    }

    /** Which of these contents have to be put. */
    @PostMapping("/missing")
    @Ungated(value = "it only reads", body = MissingBlobs.Asked.class)
    public MissingBlobs missing(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
        callers.resolve(request, CurrentRequest.id(request));
        List<String> asked = hashes(bodies.read(request, MissingBlobs.Asked.class));
        Set<String> there = new HashSet<>(reads.read(
                request,
                tenant ->
                        known.find(tenant, asked).stream().map(StoredBlob::hash).toList()));
        return new MissingBlobs(
                asked.stream().distinct().filter(hash -> !there.contains(hash)).toList());
    }

    private static List<String> hashes(MissingBlobs.Asked asked) {
        List<String> hashes = asked.hashes();
        if (hashes == null || hashes.size() > MAX_HASHES) {
            throw InvalidPayloadException.invalid("/hashes", "must be up to " + MAX_HASHES + " hashes");
        }
        for (int i = 0; i < hashes.size(); i++) {
            if (hashes.get(i) == null || !ContentHash.fits(hashes.get(i))) {
                throw InvalidPayloadException.invalid("/hashes/" + i, ContentHash.MESSAGE);
            }
        }
        return hashes;
    }

    /** Puts content under its own name. Unless a push names it, it is collected after a day. */
    @PutMapping("/{hash}")
    @Ungated("content is named by its hash: put again, it is the same content")
    public BlobController.PutContent put(@PathVariable String hash, HttpServletRequest request)
            throws HttpMediaTypeNotSupportedException {
        return putting.put(hash, request);
    }

    /** Content by its name. */
    @GetMapping("/{hash}")
    public ResponseEntity<InputStreamResource> get(@PathVariable String hash, HttpServletRequest request) {
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        StoredBlob blob = reads.read(request, ignored -> known.find(tenant, List.of(hash))).stream()
                .findFirst()
                .orElseThrow(SyncBlobController::unknown);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("X-Content-Type-Options", "nosniff")
                .eTag(hash)
                .contentLength(blob.size())
                .body(new InputStreamResource(open(tenant, blob)));
    }

    private InputStream open(String tenant, StoredBlob blob) {
        try {
            return blobs.open(tenant, blob);
        } catch (DamagedBlobException e) {
            throw unknown();
        } catch (IOException e) {
            throw new UnavailableException("The content store is not available.", e);
        }
    }

    private static RejectedException unknown() {
        return RejectedException.notFound("There is no such content.");
    }
}
