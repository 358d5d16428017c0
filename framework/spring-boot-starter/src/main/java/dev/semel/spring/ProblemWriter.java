package dev.semel.spring;

import dev.semel.InvalidPayloadException;
import dev.semel.PayloadCodec;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers {@code application/problem+json} (RFC 9457) of one shape: type, title, status, code, detail, requestId, retryable
 * and, for validation, errors. Thread-safe.
 */
public final class ProblemWriter {
    private final PayloadCodec codec;

    /** @param codec writes the JSON */
    public ProblemWriter(PayloadCodec codec) {
        this.codec = codec;
    }

    /**
     * Answers a problem, unless the response is on its way already.
     *
     * @param detail says what is wrong with this request, without repeating secrets
     * @throws IOException if the client is gone
     */
    public void write(HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        write(request, response, code, detail, List.of());
    }

    /**
     * Answers a problem with the places where it lies, unless the response is on its way already.
     *
     * @throws IOException if the client is gone
     */
    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            ProblemCode code,
            String detail,
            List<InvalidPayloadException.Violation> errors)
            throws IOException {
        write(request, response, code, detail, errors.isEmpty() ? Map.of() : Map.of("errors", errors));
    }

    /**
     * Answers a problem that tells more, unless the response is on its way already.
     *
     * @param more members by name, written as JSON behind those that every problem has
     * @throws IOException if the client is gone
     */
    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            ProblemCode code,
            String detail,
            Map<String, ?> more)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = codec.write(members(request, code, detail, more));
        response.resetBuffer();
        response.setStatus(code.status().value());
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static Map<String, Object> members(
            HttpServletRequest request, ProblemCode code, String detail, Map<String, ?> more) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "type",
                "urn:semel:problem:" + code.code().toLowerCase(Locale.ROOT).replace('_', '-'));
        members.put("title", code.title());
        members.put("status", code.status().value());
        members.put("code", code.code());
        members.put("detail", detail);
        members.put("requestId", CurrentRequest.id(request));
        members.put("retryable", code.retryable());
        more.forEach(members::putIfAbsent);
        return members;
    }
}
