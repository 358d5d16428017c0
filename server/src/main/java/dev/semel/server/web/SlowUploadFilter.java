package dev.semel.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers for a body that is too slow where no controller has asked for it: a filter that looks for a parameter has a form read. */
final class SlowUploadFilter extends OncePerRequestFilter {
    private final ServerProblems problems;

    SlowUploadFilter(ServerProblems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (SlowUploadException e) {
            problems.tooSlow(request, response);
        }
    }
}
