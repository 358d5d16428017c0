package dev.semel.spring;

import dev.semel.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

@Component
class TokenCallers implements CallerResolver {
    @Override
    public Caller resolve(HttpServletRequest request, String requestId) {
        if (request.getUserPrincipal() instanceof Token token) {
            return new Caller(token.company(), token.getName(), requestId);
        }
        throw new UnauthenticatedException();
    }
}
