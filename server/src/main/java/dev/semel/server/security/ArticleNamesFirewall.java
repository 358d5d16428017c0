package dev.semel.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;

/** Lets slashes be written as {@code %2F} in the names of articles, and nowhere else. Thread-safe. */
record ArticleNamesFirewall(HttpFirewall others, HttpFirewall names) implements HttpFirewall {
    private static final String ARTICLES = "/api/docs/";

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        HttpFirewall firewall = request.getRequestURI().startsWith(ARTICLES) ? names : others;
        return firewall.getFirewalledRequest(request);
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return others.getFirewalledResponse(response);
    }
}
