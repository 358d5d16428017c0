package dev.semel.spring;

import dev.semel.spring.internal.GatePayload;
import dev.semel.spring.internal.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;

/** What the starter knows of the request that is being served. */
public final class CurrentRequest {
    private CurrentRequest() {}

    /** The request's id: the client's {@code X-Request-Id} if it is sane, else one that was made for it. */
    public static String id(HttpServletRequest request) {
        return RequestIdFilter.requestId(request);
    }

    /**
     * The payload of a gated request, for argument resolvers that make something of it before the transaction begins.
     *
     * @throws IllegalStateException if the request has no such payload, or none yet
     */
    public static <T> T payload(HttpServletRequest request, Class<T> type) {
        return GatePayload.of(request, type);
    }
}
