package dev.semel.sync.publish;

import dev.semel.Semel;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Gives gated methods their {@link PublishLease}, and lets go of it when the request is over. A publish that only validates is answered
 * here, and is no write at all. Thread-safe.
 */
public final class PublishResolver implements HandlerMethodArgumentResolver {
    private final Semel semel;
    private final PublishLeases leases;
    private final CallerResolver callers;
    private final Publishing publishing;

    /** Acquires for whom the resolver names. */
    public PublishResolver(Semel semel, PublishLeases leases, CallerResolver callers, Publishing publishing) {
        this.semel = semel;
        this.leases = leases;
        this.callers = callers;
        this.publishing = publishing;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PublishLease.class;
    }

    /** @throws ValidatedPublish if nothing is to be written */
    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders)
            throws ValidatedPublish {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("publishes come with servlet requests only");
        }
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        String id = pathId(request);
        PublishRequest asked = CurrentRequest.payload(request, PublishRequest.class);
        if (asked.onlyValidates()) {
            throw new ValidatedPublish(semel.read(tenant, connection -> publishing.validate(tenant, id, asked)));
        }
        return acquire(tenant, id);
    }

    private PublishLease acquire(String tenant, String id) {
        PublishLease lease = leases.acquire(tenant, id);
        // The write is over by then.
        RequestContextHolder.currentRequestAttributes()
                .registerDestructionCallback("sync.lease", lease::close, RequestAttributes.SCOPE_REQUEST);
        return lease;
    }

    private static String pathId(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path
                ? String.valueOf(path.get("id"))
                : "";
    }
}
