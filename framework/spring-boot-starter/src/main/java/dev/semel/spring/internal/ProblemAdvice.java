package dev.semel.spring.internal;

import dev.semel.InvalidPayloadException;
import dev.semel.RejectedException;
import dev.semel.RequestInProgressException;
import dev.semel.SemelException;
import dev.semel.UnavailableException;
import dev.semel.spring.ProblemCode;
import dev.semel.spring.ProblemWriter;
import dev.semel.spring.UnauthenticatedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns whatever a controller throws into a problem. An application's own advice comes first. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private static final String NOT_IN_REPERTOIRE = "22021";
    private static final String SECURITY = "org.springframework.security.";

    private final ProblemWriter writer;
    private final ProblemCodes codes;

    ProblemAdvice(ProblemWriter writer, ProblemCodes codes) {
        this.writer = writer;
        this.codes = codes;
    }

    @ExceptionHandler
    void refused(SemelException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (e instanceof RequestInProgressException busy) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(busy.retryAfter().toSeconds()));
        }
        if (e instanceof UnavailableException gone) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(gone.retryAfter().toSeconds()));
            LOG.warn("{} {}", gone.getMessage(), String.valueOf(gone.getCause()));
        }
        if (e instanceof RejectedException rejected && rejected.retryable()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        if (e instanceof RejectedException rejected && rejected.replayed()) {
            response.setHeader(GateResponse.REPLAYED_HEADER, "true");
        }
        writer.write(request, response, codes.of(e), String.valueOf(e.getMessage()), more(e));
        logIfOurs(e, response);
    }

    private static Map<String, ?> more(SemelException e) {
        if (e instanceof RejectedException rejected) {
            return rejected.members();
        }
        return e instanceof InvalidPayloadException invalid && !invalid.errors().isEmpty()
                ? Map.of("errors", invalid.errors())
                : Map.of();
    }

    @ExceptionHandler
    void unauthenticated(UnauthenticatedException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        writer.write(request, response, ProblemCodes.UNAUTHENTICATED, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    void keyRequired(KeyRequiredException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        writer.write(request, response, ProblemCodes.KEY_REQUIRED, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    void mismatch(MethodArgumentTypeMismatchException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        InvalidPayloadException invalid =
                InvalidPayloadException.invalid("/" + e.getName(), "This value is not of the expected kind.");
        refused(invalid, request, response);
    }

    /** The client is gone; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        LOG.debug("the client did not wait for its answer");
    }

    @ExceptionHandler
    void unreadable(HttpMessageNotReadableException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        refused(InvalidPayloadException.malformed("The body cannot be read."), request, response);
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, CannotCreateTransactionException.class})
    void unavailable(Exception e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        refused(new UnavailableException(e), request, response);
    }

    /**
     * NUL is the one character that no text of the database holds: what brought it is refused, wherever it came to light.
     *
     * @throws Exception as {@link #other}
     */
    @ExceptionHandler
    void unstorable(DataIntegrityViolationException e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (e.getMostSpecificCause() instanceof SQLException cause && NOT_IN_REPERTOIRE.equals(cause.getSQLState())) {
            refused(InvalidPayloadException.invalid("", "NUL characters are not taken."), request, response);
        } else {
            other(e, request, response);
        }
    }

    /**
     * @throws Exception what belongs to Spring Security's filters; and what comes too late for a problem, so that the container
     *     breaks the connection and half an answer does not pass for a whole one
     */
    @ExceptionHandler
    void other(Exception e, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (response.isCommitted() || e.getClass().getName().startsWith(SECURITY)) {
            throw e;
        }
        if (e instanceof ErrorResponse known) {
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            ProblemCode code = ProblemCodes.of(known.getStatusCode());
            writer.write(request, response, code, detail(known, code));
            return;
        }
        writer.write(
                request, response, ProblemCodes.INTERNAL, "The request id leads to the cause in the server's log.");
        LOG.error("a request failed", e);
    }

    /** Spring's own words where they name what is wrong with the request, and no names of the inside. */
    private static String detail(ErrorResponse known, ProblemCode code) {
        String detail = known.getBody().getDetail();
        return detail == null || code.status() != HttpStatus.BAD_REQUEST ? code.title() : detail;
    }

    private static void logIfOurs(SemelException e, HttpServletResponse response) {
        if (response.getStatus() == ProblemCodes.INTERNAL.status().value()) {
            LOG.error("a request failed", e);
        }
    }
}
