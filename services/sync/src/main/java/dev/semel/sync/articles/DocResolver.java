package dev.semel.sync.articles;

import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives gated methods their {@link PreparedDoc}, before their write begins. Thread-safe. */
public final class DocResolver implements HandlerMethodArgumentResolver {
    private final CallerResolver callers;
    private final DocPreparation preparation;

    /** Prepares for whom the resolver names. */
    public DocResolver(CallerResolver callers, DocPreparation preparation) {
        this.callers = callers;
        this.preparation = preparation;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PreparedDoc.class;
    }

    /** @throws VersionRequiredException if the request does not say which version it has seen */
    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders)
            throws VersionRequiredException {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("articles come with servlet requests only");
        }
        PutDoc asked = CurrentRequest.payload(request, PutDoc.class);
        if (asked.version() == null && request.getHeader(HttpHeaders.IF_MATCH) == null) {
            throw new VersionRequiredException();
        }
        return preparation.prepare(
                callers.resolve(request, CurrentRequest.id(request)).tenant(), asked);
    }
}
