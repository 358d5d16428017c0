package dev.semel.spring.internal;

import dev.semel.Handler;
import dev.semel.Write;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.task.TaskDecorator;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What belongs to a request's thread, for its handler when that runs in the thread of another request: the request itself, its
 * locale, its logging context, and whatever the application's {@link TaskDecorator}s carry, a security context for example. What
 * the other thread had it has again afterwards.
 */
final class RequestThread {
    private final Thread thread = Thread.currentThread();
    private final Context context = Context.current();
    private final List<TaskDecorator> decorators;

    private RequestThread(List<TaskDecorator> decorators) {
        this.decorators = decorators;
    }

    private record Context(
            @Nullable RequestAttributes request,
            @Nullable LocaleContext locale,
            @Nullable Map<String, String> log) {
        static Context current() {
            return new Context(
                    RequestContextHolder.getRequestAttributes(),
                    LocaleContextHolder.getLocaleContext(),
                    MDC.getCopyOfContextMap());
        }

        void set() {
            RequestContextHolder.setRequestAttributes(request);
            LocaleContextHolder.setLocaleContext(locale);
            if (log == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(log);
            }
        }
    }

    /** To be asked in the request's thread. */
    static <P, R> Handler<P, R> carry(Handler<P, R> handler, List<TaskDecorator> decorators) {
        RequestThread carried = new RequestThread(decorators);
        Decorated<P, R> decorated = new Decorated<>(handler);
        Runnable run = decorated;
        for (TaskDecorator decorator : carried.decorators) {
            run = decorator.decorate(run);
        }
        Runnable inContext = run;
        return write -> Thread.currentThread() == carried.thread
                ? handler.handle(write)
                : carried.elsewhere(decorated, inContext, write);
    }

    private <P, R> R elsewhere(Decorated<P, R> decorated, Runnable inContext, Write<P> write) throws Exception {
        Context theirs = Context.current();
        context.set();
        try {
            return decorated.run(write, inContext);
        } finally {
            theirs.set();
        }
    }

    /** A handler as the decorators want it: they decorate once, in the request's thread, and it may run several times. */
    private static final class Decorated<P, R> implements Runnable {
        private final Handler<P, R> handler;
        private volatile @Nullable FutureTask<R> task;

        Decorated(Handler<P, R> handler) {
            this.handler = handler;
        }

        R run(Write<P> write, Runnable inContext) throws Exception {
            FutureTask<R> next = new FutureTask<>(() -> handler.handle(write));
            task = next;
            inContext.run();
            if (!next.isDone()) {
                throw new IllegalStateException("a TaskDecorator did not run what it was given");
            }
            return result(next);
        }

        private R result(FutureTask<R> done) throws Exception {
            try {
                return done.get();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof Error error) {
                    throw error;
                }
                throw failed.getCause() instanceof Exception failure ? failure : failed;
            }
        }

        @Override
        public void run() {
            FutureTask<R> next = task;
            if (next != null) {
                next.run();
            }
        }
    }
}
