package dev.semel.server.tokens;

import dev.semel.Semel;
import dev.semel.UnavailableException;
import dev.semel.server.web.ServerProblems;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a new token into the answer to its creation, and into each replay of it. The stored answer is without: what a database
 * backup holds cannot log in.
 */
final class TokenReveal extends OncePerRequestFilter {
    private static final RequestMatcher CREATION =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, TokenController.PATH);

    private final TokenSecret secret;
    private final TokenTable tokens;
    private final Semel semel;
    private final CallerResolver callers;
    private final ServerProblems problems;
    private final JsonMapper json = JsonMapper.builder().build();

    TokenReveal(TokenSecret secret, TokenTable tokens, Semel semel, CallerResolver callers, ServerProblems problems) {
        this.secret = secret;
        this.tokens = tokens;
        this.semel = semel;
        this.callers = callers;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !CREATION.matches(request);
    }

    /** A duplicate that waited for the first request is answered in a second dispatch. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper known = WebUtils.getNativeResponse(response, ContentCachingResponseWrapper.class);
        ContentCachingResponseWrapper held = known == null ? new ContentCachingResponseWrapper(response) : known;
        chain.doFilter(request, known == null ? held : response);
        if (!isAsyncStarted(request)) {
            release(request, held);
        }
    }

    private void release(HttpServletRequest request, ContentCachingResponseWrapper held) throws IOException {
        int status = held.getStatus();
        if (status == HttpServletResponse.SC_CREATED || status == HttpServletResponse.SC_OK) {
            reveal(request, held);
        }
        held.copyBodyToResponse();
    }

    private void reveal(HttpServletRequest request, ContentCachingResponseWrapper held) throws IOException {
        ObjectNode body = (ObjectNode) json.readTree(held.getContentAsByteArray());
        UUID id = UUID.fromString(body.path("id").asString());
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        String token = secret.derive(tenant, id);
        try {
            if (semel.read(tenant, connection -> tokens.hasHash(tenant, id, TokenHash.of(token)))) {
                held.resetBuffer();
                held.getOutputStream().write(json.writeValueAsBytes(body.put("token", token)));
            }
        } catch (UnavailableException e) {
            problems.unavailable(request, held, e);
        }
    }
}
