package dev.semel.spring;

import dev.semel.spring.internal.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;

/** What the starter knows of the request that is being served. */
public final class CurrentRequest {
    private CurrentRequest() {}

    /** The request's id: the client's {@code X-Request-Id} if it is sane, else one that was made for it. */
    public static String id(HttpServletRequest request) {
        return RequestIdFilter.requestId(request);
    }
}
