package dev.semel.spring;

import dev.semel.Caller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * A bean that says who sent a request: tenant and user from its credential, never from its body. Every application has one.
 * Thread-safe.
 */
@FunctionalInterface
public interface CallerResolver {
    /**
     * The caller. Asked before anything else of a gated request is looked at.
     *
     * @param requestId the id that the request's logs carry, to be put into the caller
     * @throws UnauthenticatedException if the request carries no valid credential
     */
    Caller resolve(HttpServletRequest request, String requestId);
}
