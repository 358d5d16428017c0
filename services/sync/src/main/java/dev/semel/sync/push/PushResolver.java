package dev.semel.sync.push;

import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives gated methods their {@link PreparedPush}. A gate resolves arguments before its write begins, so a push that only validates
 * is answered here, and is no write at all. Thread-safe.
 */
public final class PushResolver implements HandlerMethodArgumentResolver {
    private final CallerResolver callers;
    private final PushPreparation preparation;
    private final Push push;
    private final Semel semel;

    /** Prepares for whom the resolver names. */
    public PushResolver(CallerResolver callers, PushPreparation preparation, Push push, Semel semel) {
        this.callers = callers;
        this.preparation = preparation;
        this.push = push;
        this.semel = semel;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PreparedPush.class;
    }

    /** @throws ValidatedPush if nothing is to be written */
    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders)
            throws ValidatedPush {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("pushes come with servlet requests only");
        }
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        PushRequest asked = CurrentRequest.payload(request, PushRequest.class);
        PreparedPush prepared = prepare(tenant, asked);
        if (asked.onlyValidates()) {
            throw new ValidatedPush(semel.read(tenant, connection -> push.validate(tenant, prepared)));
        }
        return prepared;
    }

    private PreparedPush prepare(String tenant, PushRequest asked) {
        try {
            return preparation.prepare(tenant, asked);
        } catch (RejectedException refusal) {
            return PreparedPush.refused(asked, refusal);
        }
    }
}
