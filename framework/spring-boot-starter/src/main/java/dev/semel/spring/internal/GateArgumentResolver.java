package dev.semel.spring.internal;

import dev.semel.Write;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** The two arguments that a gate gives itself: the payload, which it has read already, and the write, which is still to come. */
final class GateArgumentResolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return isWrite(parameter) || parameter.hasParameterAnnotation(RequestBody.class);
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return isWrite(parameter)
                ? PendingWrite.INSTANCE
                : request.getAttribute(GatePayload.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    }

    private static boolean isWrite(MethodParameter parameter) {
        return parameter.getParameterType() == Write.class;
    }
}
