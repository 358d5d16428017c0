package dev.semel.documents.reading;

import dev.semel.documents.versions.Document;
import dev.semel.documents.versions.VersionNumbers;
import dev.semel.spring.ProblemCode;
import dev.semel.spring.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of content. */
@RestController
@RequestMapping("/api/documents/{id}")
public final class ContentController {
    private static final Logger LOG = LoggerFactory.getLogger(ContentController.class);
    private static final ProblemCode DAMAGED = new ProblemCode(
            "CONTENT_DAMAGED",
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The content is missing or altered; an operator has to restore it.",
            false);
    private static final ProblemCode UNAVAILABLE = new ProblemCode(
            "UNAVAILABLE", HttpStatus.SERVICE_UNAVAILABLE, "The service is not available right now.", true);

    private final ContentReads contents;
    private final ContentSending sending;
    private final ComparedTexts texts;
    private final ProblemWriter problems;

    /** Serves the contents. */
    public ContentController(ContentReads contents, ProblemWriter problems) {
        this.contents = contents;
        this.sending = new ContentSending(contents, problems);
        this.texts = new ComparedTexts(contents);
        this.problems = problems;
    }

    /** The content of the active version. */
    @GetMapping("/content")
    public void active(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        sending.send(contents.find(request, id, Document::activeVersion), request, response);
    }

    /** The content of a version. */
    @GetMapping("/versions/{number}/content")
    public void version(
            @PathVariable String id,
            @PathVariable String number,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        sending.send(contents.find(request, id, document -> VersionNumbers.parse(number)), request, response);
    }

    /**
     * The unified difference of two versions.
     *
     * @param from without it the active version
     * @param to without it the last version
     */
    @GetMapping("/diff")
    public void diff(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        FoundContent before = contents.find(
                request, id, document -> from == null ? document.activeVersion() : VersionNumbers.parse(from));
        FoundContent after =
                contents.find(request, id, document -> to == null ? document.lastVersion() : VersionNumbers.parse(to));
        String difference = Diffing.unified(name(before), texts.read(before), name(after), texts.read(after));
        response.setContentType("text/plain;charset=utf-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(difference.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(FoundContent found) {
        return "version " + found.version().version();
    }

    /** What comes too late for a problem breaks the connection, so that half the content does not pass for the whole. */
    @ExceptionHandler
    void unreadable(UnreadableContentException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LOG.error("{}: {}", e.getMessage(), String.valueOf(e.getCause()));
        if (response.isCommitted()) {
            throw e;
        }
        ProblemCode code = e.isDamaged() ? DAMAGED : UNAVAILABLE;
        problems.write(request, response, code, code.title());
    }
}
