package dev.semel.server.web;

import dev.semel.UnavailableException;
import dev.semel.spring.ProblemCode;
import dev.semel.spring.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Answers what is refused before a request reaches its controller. Thread-safe. */
public final class ServerProblems {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProblems.class);
    private static final ProblemCode UNAUTHENTICATED =
            new ProblemCode("UNAUTHENTICATED", HttpStatus.UNAUTHORIZED, "A valid credential is required.", false);
    private static final ProblemCode FORBIDDEN =
            new ProblemCode("FORBIDDEN", HttpStatus.FORBIDDEN, "The credential does not allow this.", false);
    private static final ProblemCode UNAVAILABLE = new ProblemCode(
            "UNAVAILABLE", HttpStatus.SERVICE_UNAVAILABLE, "The service is not available right now.", true);

    private static final ProblemCode TOO_SLOW =
            new ProblemCode("REQUEST_TIMEOUT", HttpStatus.REQUEST_TIMEOUT, "The body does not arrive in time.", true);
    private static final ProblemCode MALFORMED =
            new ProblemCode("VALIDATION_FAILED", HttpStatus.BAD_REQUEST, "The request is not valid.", false);

    private final ProblemWriter writer;

    ServerProblems(ProblemWriter writer) {
        this.writer = writer;
    }

    /** 401, with the way to log in. */
    public void unauthenticated(HttpServletRequest request, HttpServletResponse response, String detail)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        writer.write(request, response, UNAUTHENTICATED, detail);
    }

    /** 400, for a query string that is none. */
    void malformedQuery(HttpServletRequest request, HttpServletResponse response) throws IOException {
        writer.write(request, response, MALFORMED, "The query is malformed or has too many parameters.");
    }

    /** 408, for a body. */
    void tooSlow(HttpServletRequest request, HttpServletResponse response) throws IOException {
        writer.write(request, response, TOO_SLOW, TOO_SLOW.title());
    }

    /** 403. */
    public void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
        writer.write(request, response, FORBIDDEN, "None of this credential's roles opens this route.");
    }

    /** 503, with the time after which to ask again. */
    public void unavailable(HttpServletRequest request, HttpServletResponse response, UnavailableException e)
            throws IOException {
        LOG.warn("what a request needs is not available: {}", String.valueOf(e.getCause()));
        response.setHeader(
                HttpHeaders.RETRY_AFTER, String.valueOf(e.retryAfter().toSeconds()));
        writer.write(request, response, UNAVAILABLE, String.valueOf(e.getMessage()));
    }
}
