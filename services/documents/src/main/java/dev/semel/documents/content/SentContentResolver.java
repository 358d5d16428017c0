package dev.semel.documents.content;

import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives gated methods their {@link SentContent}. A gate resolves arguments before its transaction begins. Thread-safe. */
public final class SentContentResolver implements HandlerMethodArgumentResolver {
    private final CallerResolver callers;
    private final ContentStoring storing;

    /** Stores for whom the resolver names. */
    public SentContentResolver(CallerResolver callers, ContentStoring storing) {
        this.callers = callers;
        this.storing = storing;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == SentContent.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("content comes with servlet requests only");
        }
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        return storing.store(tenant, CurrentRequest.payload(request, CarriesContent.class));
    }
}
