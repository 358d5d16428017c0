package dev.semel.documents.blob;

import dev.semel.UnavailableException;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import dev.semel.spring.web.Cursors;
import dev.semel.spring.web.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The route by which an operator has the tenant's content read and compared with its hashes. */
@RestController
@RequestMapping("/api/blobs/damaged")
public final class VerificationController {
    /** A request that goes on for longer is hard to tell from one that hangs. */
    private static final Duration TIME = Duration.ofSeconds(5);

    private static final Pattern SHAPE = Pattern.compile("b(sha256:[0-9a-f]{64})");

    private final BlobVerifier verifier;
    private final CallerResolver callers;

    /** Verifies for whom the resolver names. */
    public VerificationController(BlobVerifier verifier, CallerResolver callers) {
        this.verifier = verifier;
        this.callers = callers;
    }

    /**
     * What one request has read. Immutable.
     *
     * @param read how many blobs
     * @param bytes how many they have
     * @param items those of them that are missing or altered, or could not be read
     * @param nextCursor for the request that goes on; null if all have been read
     */
    public record Damage(
            long read,
            long bytes,
            List<DamagedBlob> items,
            @Nullable String nextCursor) {
        /** Copies the list. */
        public Damage {
            items = List.copyOf(items);
        }
    }

    /**
     * Reads content, the next so many blobs or for about five seconds, and lists what of it is missing or altered, or cannot be read.
     *
     * @param limit how many blobs are read at most
     */
    @GetMapping
    public Damage damaged(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request)
            throws InterruptedException {
        PageRequest page = new PageRequest(limit, cursor);
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        String after = page.cursor() == null
                ? ""
                : Cursors.decode(page.cursor(), SHAPE).group(1);
        VerifiedBlobs found = verify(tenant, after, page.limit());
        return new Damage(
                found.read(),
                found.bytes(),
                Stream.concat(found.damaged().stream(), found.unreadable().stream())
                        .toList(),
                found.next().map(hash -> Cursors.encode("b" + hash)).orElse(null));
    }

    private VerifiedBlobs verify(String tenant, String after, int limit) throws InterruptedException {
        try {
            VerifiedBlobs found = verifier.verify(tenant, after, limit, TIME);
            if (found.outage().isPresent()) {
                throw found.outage().get();
            }
            return found;
        } catch (IOException e) {
            throw new UnavailableException("The content store is not available.", e);
        }
    }
}
