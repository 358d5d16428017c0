package dev.semel.spring.web;

import dev.semel.Semel;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;

/** Reads for the tenant of a request, in one snapshot. Thread-safe. */
public final class TenantReads {
    private final Semel semel;
    private final CallerResolver callers;

    /** Reads through the engine, for whom the resolver names. */
    public TenantReads(Semel semel, CallerResolver callers) {
        this.semel = semel;
        this.callers = callers;
    }

    /**
     * Runs the body in a read-only transaction.
     *
     * @param body is given the tenant, for the conditions of its statements
     * @throws dev.semel.spring.UnauthenticatedException if the request carries no valid credential
     * @throws dev.semel.UnavailableException if the database cannot be reached
     */
    public <T> T read(HttpServletRequest request, Function<String, T> body) {
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        return semel.read(tenant, connection -> body.apply(tenant));
    }
}
