package dev.semel.spring.internal;

import dev.semel.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * Answers an outcome: 201 for an execution, or what the method's {@link ResponseStatus} says, 200 with the same bytes for a replay, 204
 * for a DELETE.
 */
final class GateResponse {
    static final String REPLAYED_HEADER = "Idempotency-Replayed";

    private GateResponse() {}

    static void write(
            HttpServletRequest request, HttpServletResponse response, HandlerMethod method, Outcome<?> outcome)
            throws IOException {
        response.setHeader(REPLAYED_HEADER, String.valueOf(outcome.replayed()));
        if ("DELETE".equals(request.getMethod())) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        byte[] body = outcome.snapshot().body();
        response.setStatus(outcome.replayed() ? HttpServletResponse.SC_OK : executed(method));
        response.setContentType(outcome.snapshot().contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static int executed(HandlerMethod method) {
        ResponseStatus status = method.getMethodAnnotation(ResponseStatus.class);
        return status == null ? HttpServletResponse.SC_CREATED : status.code().value();
    }
}
