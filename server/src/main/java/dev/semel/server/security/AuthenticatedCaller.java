package dev.semel.server.security;

import dev.semel.Caller;
import dev.semel.server.tokens.Identity;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.UnauthenticatedException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The caller as the credential says. */
final class AuthenticatedCaller implements CallerResolver {
    @Override
    public Caller resolve(HttpServletRequest request, String requestId) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Identity identity) {
            return new Caller(identity.tenant(), identity.user(), requestId);
        }
        throw new UnauthenticatedException();
    }
}
