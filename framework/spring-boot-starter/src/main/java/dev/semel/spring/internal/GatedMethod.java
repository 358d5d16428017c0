package dev.semel.spring.internal;

import dev.semel.Handler;
import java.util.Arrays;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.InvocableHandlerMethod;
import org.springframework.web.method.support.ModelAndViewContainer;

/** A controller method as the handler of its operation. Arguments are resolved before the transaction starts. */
final class GatedMethod extends InvocableHandlerMethod {
    GatedMethod(HandlerMethod method) {
        super(method);
    }

    /**
     * The method, ready to run inside a write, as often as it takes.
     *
     * @throws Exception if an argument cannot be resolved from the request
     */
    @SuppressWarnings("NullAway") // Spring's arrays hold null for what is optional and absent
    <P, R> Handler<P, R> bind(NativeWebRequest request, P payload, Class<R> resultType) throws Exception {
        request.setAttribute(GatePayload.ATTRIBUTE, payload, RequestAttributes.SCOPE_REQUEST);
        Object[] arguments = getMethodArgumentValues(request, new ModelAndViewContainer());
        return write -> {
            Object[] bound = Arrays.stream(arguments)
                    .map(argument -> argument == PendingWrite.INSTANCE ? write : argument)
                    .toArray();
            Object result = doInvoke(bound);
            if (result == null) {
                throw new IllegalStateException(getShortLogMessage() + " returned null: a write has a result");
            }
            return resultType.cast(result);
        };
    }
}
