package dev.semel.spring.internal;

import dev.semel.InvalidKeyException;
import dev.semel.InvalidPayloadException;
import dev.semel.KeyExpiredException;
import dev.semel.KeyReusedException;
import dev.semel.LeaseLostException;
import dev.semel.RejectedException;
import dev.semel.RequestInProgressException;
import dev.semel.SemelException;
import dev.semel.UnavailableException;
import dev.semel.spring.ProblemCode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** Which refusal is answered with which status and title. */
final class ProblemCodes {
    static final ProblemCode INTERNAL =
            new ProblemCode("INTERNAL", HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side.", true);
    static final ProblemCode UNAUTHENTICATED =
            new ProblemCode("UNAUTHENTICATED", HttpStatus.UNAUTHORIZED, "A valid credential is required.", false);
    static final ProblemCode KEY_REQUIRED = new ProblemCode(
            "IDEMPOTENCY_KEY_REQUIRED", HttpStatus.BAD_REQUEST, "An idempotency key is required.", false);

    private static final Map<HttpStatus, ProblemCode> BY_STATUS = Stream.of(
                    UNAUTHENTICATED,
                    code(HttpStatus.BAD_REQUEST, "VALIDATION_FAILED", "The request is not valid."),
                    code(HttpStatus.FORBIDDEN, "FORBIDDEN", "The credential does not allow this."),
                    code(HttpStatus.NOT_FOUND, "NOT_FOUND", "There is no such thing."),
                    code(HttpStatus.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "This method is not supported here."),
                    code(HttpStatus.NOT_ACCEPTABLE, "NOT_ACCEPTABLE", "No acceptable representation exists."),
                    retryable(HttpStatus.REQUEST_TIMEOUT, "REQUEST_TIMEOUT", "The body does not arrive in time."),
                    code(HttpStatus.CONTENT_TOO_LARGE, "PAYLOAD_TOO_LARGE", "The body is too large."),
                    code(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "UNSUPPORTED_MEDIA_TYPE",
                            "This content type is not taken."),
                    retryable(HttpStatus.TOO_MANY_REQUESTS, "RATE_LIMITED", "Too many requests."),
                    retryable(HttpStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE", "The service is not available right now."))
            .collect(Collectors.toUnmodifiableMap(ProblemCode::status, Function.identity()));

    private final HttpStatus keyReused;

    ProblemCodes(int keyReusedStatus) {
        this.keyReused = HttpStatus.valueOf(keyReusedStatus);
    }

    private static ProblemCode code(HttpStatus status, String code, String title) {
        return new ProblemCode(code, status, title, false);
    }

    private static ProblemCode retryable(HttpStatus status, String code, String title) {
        return new ProblemCode(code, status, title, true);
    }

    static ProblemCode of(HttpStatusCode code) {
        HttpStatus status = HttpStatus.resolve(code.value());
        if (status == null || (status.is5xxServerError() && status != HttpStatus.SERVICE_UNAVAILABLE)) {
            return INTERNAL;
        }
        ProblemCode known = BY_STATUS.get(status);
        return known != null ? known : new ProblemCode(status.name(), status, "The request is refused.", false);
    }

    ProblemCode of(SemelException e) {
        return new ProblemCode(codeOf(e), statusOf(e), titleOf(e), e.retryable());
    }

    private String codeOf(SemelException e) {
        return statusOf(e) == HttpStatus.INTERNAL_SERVER_ERROR ? INTERNAL.code() : e.code();
    }

    private HttpStatus statusOf(SemelException e) {
        if (e instanceof KeyReusedException) {
            return keyReused;
        }
        if (e instanceof RejectedException rejected) {
            return switch (rejected.reason()) {
                case RULE -> HttpStatus.UNPROCESSABLE_CONTENT;
                case CONFLICT, BUSY -> HttpStatus.CONFLICT;
                case NOT_FOUND -> HttpStatus.NOT_FOUND;
                case PRECONDITION -> HttpStatus.PRECONDITION_FAILED;
                case FORBIDDEN -> HttpStatus.FORBIDDEN;
            };
        }
        if (e instanceof InvalidPayloadException) {
            return "PAYLOAD_TOO_LARGE".equals(e.code()) ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.BAD_REQUEST;
        }
        if (e instanceof InvalidKeyException) {
            return HttpStatus.BAD_REQUEST;
        }
        if (e instanceof RequestInProgressException
                || e instanceof KeyExpiredException
                || e instanceof LeaseLostException) {
            return HttpStatus.CONFLICT;
        }
        return e instanceof UnavailableException ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private String titleOf(SemelException e) {
        if (e instanceof RejectedException rejected) {
            return switch (rejected.reason()) {
                case RULE -> "A rule refuses this request.";
                case CONFLICT -> "The present state refuses this request.";
                case NOT_FOUND -> "There is no such thing.";
                case PRECONDITION -> "The state is not the one that the request states.";
                case FORBIDDEN -> "This is not for this caller to do.";
                case BUSY -> "Somebody else is at it.";
            };
        }
        if (e instanceof KeyReusedException) {
            return "The idempotency key was used with another payload.";
        }
        if (e instanceof InvalidKeyException) {
            return "The idempotency key is missing or malformed.";
        }
        if (e instanceof KeyExpiredException) {
            return "The idempotency key has expired.";
        }
        if (e instanceof LeaseLostException) {
            return "Another holder has taken the lease.";
        }
        if (e instanceof RequestInProgressException) {
            return "The first request is still running.";
        }
        return of(statusOf(e)).title();
    }
}
