package dev.semel.spring.internal;

import dev.semel.Attempt;
import dev.semel.Call;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RequestInProgressException;
import dev.semel.Semel;
import dev.semel.UndeclaredRejections;
import dev.semel.spring.GateRoutes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;

/**
 * Serves gated controller methods. A duplicate of a call that is running in this JVM gives its thread back while it waits,
 * so that a storm of duplicates holds neither threads nor connections.
 */
public final class GateHandlerAdapter implements HandlerAdapter, Ordered {
    private static final String PENDING = GateHandlerAdapter.class.getName() + ".pending";

    private final Semel semel;
    private final GateRequests requests;
    private final GatedMethods methods;

    GateHandlerAdapter(Semel semel, GateRequests requests, GatedMethods methods) {
        this.semel = semel;
        this.requests = requests;
        this.methods = methods;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method
                && GateRoutes.operation(method).isPresent();
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        WebAsyncManager async = WebAsyncUtils.getAsyncManager(request);
        Optional<Outcome<?>> known = async.hasConcurrentResult() ? resumed(async) : Optional.empty();
        if (known.isPresent()) {
            GateResponse.write(request, response, (HandlerMethod) handler, known.get());
            return null;
        }
        attempt(pending(request, response, (HandlerMethod) handler), (HandlerMethod) handler, request, response, async);
        return null;
    }

    /** The outcome that a waiting duplicate was given, or empty if it has to try by itself. */
    private static Optional<Outcome<?>> resumed(WebAsyncManager async) throws Exception {
        Object result = async.getConcurrentResult();
        async.clearConcurrentResult();
        if (result instanceof Exception failure) {
            throw failure;
        }
        return result instanceof Outcome<?> outcome ? Optional.of(outcome) : Optional.empty();
    }

    /** A second dispatch goes on with what the first one prepared, and with what is left of its time. */
    private PendingCall<?> pending(HttpServletRequest request, HttpServletResponse response, HandlerMethod handler)
            throws Exception {
        if (request.getDispatcherType() == DispatcherType.ASYNC
                && request.getAttribute(PENDING) instanceof PendingCall<?> prepared) {
            if (prepared.isOverdue()) {
                throw new RequestInProgressException();
            }
            return prepared;
        }
        PendingCall<?> pending = PendingCall.of(
                call(methods.operation(handler), handler, new ServletWebRequest(request, response), request));
        request.setAttribute(PENDING, pending);
        return pending;
    }

    private Call<?, ?> call(
            Operation<?, ?> operation, HandlerMethod handler, NativeWebRequest webRequest, HttpServletRequest request)
            throws Exception {
        try {
            return requests.call(operation, methods.method(handler), webRequest, request);
        } catch (RejectedException rejection) {
            UndeclaredRejections.check(operation, rejection);
            throw rejection;
        }
    }

    private <R> void attempt(
            PendingCall<R> pending,
            HandlerMethod method,
            HttpServletRequest request,
            HttpServletResponse response,
            WebAsyncManager async)
            throws Exception {
        Attempt<R> attempt = semel.attempt(pending.call());
        if (attempt instanceof Attempt.Finished<R> finished) {
            GateResponse.write(request, response, method, finished.outcome());
        } else {
            CompletableFuture<Optional<Outcome<R>>> settled = ((Attempt.InFlight<R>) attempt).settled();
            if (pending.isOverdue()) {
                throw giveUp(settled);
            }
            async.setAsyncWebRequest(WebAsyncUtils.createAsyncWebRequest(request, response));
            async.startDeferredResultProcessing(deferred(settled, pending.millisLeft()));
        }
    }

    /** Tells the engine as well, so that the boundary log has the refusal. */
    private static RequestInProgressException giveUp(CompletableFuture<?> settled) {
        RequestInProgressException refusal = new RequestInProgressException();
        settled.completeExceptionally(refusal);
        return refusal;
    }

    private static <R> DeferredResult<Object> deferred(
            CompletableFuture<Optional<Outcome<R>>> settled, long timeoutMillis) {
        DeferredResult<Object> deferred = new DeferredResult<>(timeoutMillis);
        deferred.onTimeout(() -> giveUp(settled));
        var unused = settled.whenComplete((outcome, failure) ->
                deferred.setResult(failure == null ? outcome.<Object>map(o -> o).orElse("") : unwrap(failure)));
        return deferred;
    }

    private static Object unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
