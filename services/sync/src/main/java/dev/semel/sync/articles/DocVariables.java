package dev.semel.sync.articles;

import dev.semel.spring.web.TenantReads;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Adds to a request's variables which version it is about, where neither its path nor its body says it: the header {@code If-Match}
 * makes another request, and so another fingerprint and another derived key. A request that brings no key is also told apart by what
 * it finds: a delete by the version that it deletes, a put by the deletion that it comes after. Else the second delete of an article
 * that came back would be answered as a replay of the first. Thread-safe.
 */
public final class DocVariables implements HandlerInterceptor {
    private static final Set<String> WRITES = Set.of("PUT", "DELETE");

    private final TenantReads reads;
    private final DocStates states;

    /** Reads the state outside of any write. */
    public DocVariables(TenantReads reads, DocStates states) {
        this.reads = reads;
        this.states = states;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && WRITES.contains(request.getMethod())
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path
                && path.get("jrn") instanceof String jrn) {
            Map<String, String> variables = new TreeMap<>();
            path.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
            add(request, jrn, variables);
            request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, variables);
        }
        return true;
    }

    private void add(HttpServletRequest request, String jrn, Map<String, String> variables) {
        String ifMatch = request.getHeader(HttpHeaders.IF_MATCH);
        if (ifMatch != null) {
            variables.put("If-Match", ifMatch.strip());
        } else if (request.getHeader("Idempotency-Key") == null) {
            String scope = request.getParameter("scope");
            boolean deletes = request.getMethod().equals("DELETE");
            reads.read(request, tenant -> states.find(tenant, Jrn.parse(jrn), scope))
                    .filter(state -> deletes || state.deleted())
                    .ifPresent(state -> variables.put("found", state.version() + (state.deleted() ? " deleted" : "")));
        }
    }
}
