package dev.semel.sync.review;

import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import dev.semel.sync.changesets.DecisionPreparation;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.changesets.PreparedDecisions;
import dev.semel.sync.rebase.RebaseAttempt;
import dev.semel.sync.rebase.RebasePreparation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Gives gated methods their {@link PreparedDecisions} or {@link RebaseAttempt}. A gate resolves arguments before its write begins.
 * Thread-safe.
 */
public final class ReviewResolver implements HandlerMethodArgumentResolver {
    private final CallerResolver callers;
    private final DecisionPreparation decisions;
    private final RebasePreparation rebases;

    /** Prepares for whom the resolver names. */
    public ReviewResolver(CallerResolver callers, DecisionPreparation decisions, RebasePreparation rebases) {
        this.callers = callers;
        this.decisions = decisions;
        this.rebases = rebases;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PreparedDecisions.class
                || parameter.getParameterType() == RebaseAttempt.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("changesets come with servlet requests only");
        }
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        return parameter.getParameterType() == RebaseAttempt.class
                ? RebaseAttempt.of(() -> rebases.prepare(tenant, pathId(request)))
                : decisions.prepare(tenant, CurrentRequest.payload(request, NewDecisions.class));
    }

    private static String pathId(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path
                ? String.valueOf(path.get("id"))
                : "";
    }
}
