package dev.semel.documents.reading;

import dev.semel.documents.versions.Version;
import dev.semel.spring.ProblemCode;
import dev.semel.spring.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Answers content as it is: with its hash as a strong entity tag, whole or in part, in bounded memory. What a browser might do with it
 * is forbidden: it is not to be sniffed, nor rendered with scripts, nor saved under a name that somebody else has chosen. Thread-safe.
 */
final class ContentSending {
    private static final ProblemCode BEYOND = new ProblemCode(
            "RANGE_NOT_SATISFIABLE",
            HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "The content does not have these bytes.",
            false);

    private final ContentReads contents;
    private final ProblemWriter problems;

    ContentSending(ContentReads contents, ProblemWriter problems) {
        this.contents = contents;
        this.problems = problems;
    }

    /**
     * @throws UnreadableContentException before any byte is sent or, if the damage shows later, before the last one is
     * @throws IOException if the client is gone
     */
    void send(FoundContent found, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Version version = found.version();
        String tag = '"' + version.contentHash() + '"';
        if (EntityTags.match(Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)), tag)) {
            describe(response, tag);
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        ByteRange range = range(request, version, tag);
        if (range instanceof ByteRange.Beyond) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + version.size());
            problems.write(request, response, BEYOND, "It has " + version.size() + " bytes.");
        } else if (request.getMethod().equals("HEAD")) {
            contents.open(found).close(); // what is not there is not announced
            start(range, version, response);
        } else {
            copy(found, range, response);
        }
    }

    private static ByteRange range(HttpServletRequest request, Version version, String tag) {
        String condition = request.getHeader(HttpHeaders.IF_RANGE);
        boolean ofThis = request.getMethod().equals("GET")
                && (condition == null || condition.strip().equals(tag));
        return ByteRange.of(ofThis ? request.getHeader(HttpHeaders.RANGE) : null, version.size());
    }

    private void copy(FoundContent found, ByteRange range, HttpServletResponse response) throws IOException {
        Version version = found.version();
        try (InputStream in = contents.open(found)) {
            new VerifiedCopy(
                            (bytes, length) -> read(in, bytes, length, version),
                            () -> started(range, version, response),
                            range instanceof ByteRange.Part part ? part : new ByteRange.Part(0, version.size() - 1))
                    .run();
        }
    }

    private static int read(InputStream in, byte[] bytes, int length, Version version) {
        try {
            return in.readNBytes(bytes, 0, length);
        } catch (IOException e) {
            throw new UnreadableContentException(version, e);
        }
    }

    private static OutputStream started(ByteRange range, Version version, HttpServletResponse response)
            throws IOException {
        if (!response.isCommitted()) {
            start(range, version, response);
        }
        return response.getOutputStream();
    }

    private static void start(ByteRange range, Version version, HttpServletResponse response) {
        describe(response, '"' + version.contentHash() + '"');
        response.setContentType(version.contentType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s-%d\"".formatted(version.documentId(), version.version()));
        if (range instanceof ByteRange.Part part) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(part.first(), part.last(), version.size()));
            response.setContentLengthLong(part.length());
        } else {
            response.setContentLengthLong(version.size());
        }
    }

    private static void describe(HttpServletResponse response, String tag) {
        response.setHeader(HttpHeaders.ETAG, tag);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    }
}
