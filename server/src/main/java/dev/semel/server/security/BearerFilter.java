package dev.semel.server.security;

import dev.semel.UnavailableException;
import dev.semel.server.tokens.Identity;
import dev.semel.server.web.ServerProblems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes {@code Authorization: Bearer TOKEN}. A request without the header goes on as nobody's; one with a token that is not valid
 * is refused here, and if that cannot be found out it is asked to come again.
 */
final class BearerFilter extends OncePerRequestFilter {
    private static final String SCHEME = "bearer ";

    private final Authenticator authenticator;
    private final ServerProblems problems;
    private final RequestMatcher open;
    private final SecurityContextRepository contexts;

    /** @param open requests that need no credential: theirs is not looked at */
    BearerFilter(
            Authenticator authenticator,
            ServerProblems problems,
            RequestMatcher open,
            SecurityContextRepository contexts) {
        this.authenticator = authenticator;
        this.problems = problems;
        this.open = open;
        this.contexts = contexts;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null || open.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Optional<Identity> identity = token(request).flatMap(authenticator::authenticate);
            if (identity.isEmpty()) {
                problems.unauthenticated(request, response, "The bearer token is not valid.");
                return;
            }
            remember(identity.get(), request, response);
        } catch (UnavailableException e) {
            problems.unavailable(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    private void remember(Identity identity, HttpServletRequest request, HttpServletResponse response) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new SemelAuthentication(identity));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }

    private static Optional<String> token(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (headers.size() != 1 || !headers.get(0).toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        return Optional.of(headers.get(0).substring(SCHEME.length()).strip());
    }
}
