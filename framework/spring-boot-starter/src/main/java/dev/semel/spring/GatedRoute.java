package dev.semel.spring;

import dev.semel.Handler;
import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.Write;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * The route of an operation without a controller: declare it as a bean. It registers its operation, and is gated like a method
 * with {@link Gate}. Immutable.
 *
 * <pre>{@code
 * @Bean
 * GatedRoute<NewTicket, Ticket> buyTicket(Tickets tickets) {
 *     return GatedRoute.post("/tickets", BUY_TICKET).handle(tickets::buy);
 * }
 * }</pre>
 *
 * @param method of HTTP: POST, PUT, PATCH or DELETE
 * @param path a pattern as in {@code @RequestMapping}
 * @param consumes content types; empty for JSON, and never for an operation that takes a {@link RawBody}
 * @param operation whose writes it makes; a {@link dev.semel.Risk#FINANCIAL} one needs a recall by a {@link SemelConfigurer}
 * @param handler what it runs
 * @param <P> the operation's payload type
 * @param <R> the operation's result type
 */
public record GatedRoute<P, R>(
        RequestMethod method,
        String path,
        List<String> consumes,
        Operation<P, R> operation,
        RouteHandler<P, R> handler) {
    /** Copies the content types. */
    public GatedRoute {
        consumes = List.copyOf(consumes);
    }

    /** Registers its operation; with its handler, unless that needs the route. */
    void register(Semel.Builder builder) {
        builder.register(operation);
        if (handler instanceof PlainHandler<P, R> plain) {
            builder.handle(operation, plain.handler());
        }
    }

    /** A handler that looks at no path. */
    private record PlainHandler<P, R>(Handler<P, R> handler) implements RouteHandler<P, R> {
        @Override
        public R handle(Write<P> write, Map<String, String> pathVariables) throws Exception {
            return handler.handle(write);
        }
    }

    /** A POST, still without what it does. */
    public static <P, R> Unhandled<P, R> post(String path, Operation<P, R> operation) {
        return new Unhandled<>(RequestMethod.POST, path, List.of(), operation);
    }

    /** A PUT, still without what it does. */
    public static <P, R> Unhandled<P, R> put(String path, Operation<P, R> operation) {
        return new Unhandled<>(RequestMethod.PUT, path, List.of(), operation);
    }

    /** A PATCH, still without what it does. */
    public static <P, R> Unhandled<P, R> patch(String path, Operation<P, R> operation) {
        return new Unhandled<>(RequestMethod.PATCH, path, List.of(), operation);
    }

    /** A DELETE, still without what it does. */
    public static <P, R> Unhandled<P, R> delete(String path, Operation<P, R> operation) {
        return new Unhandled<>(RequestMethod.DELETE, path, List.of(), operation);
    }

    /**
     * A route that does nothing yet. Immutable.
     *
     * @param method of HTTP
     * @param path a pattern as in {@code @RequestMapping}
     * @param consumes content types; empty for JSON
     * @param operation whose writes it makes
     * @param <P> the operation's payload type
     * @param <R> the operation's result type
     */
    public record Unhandled<P, R>(RequestMethod method, String path, List<String> consumes, Operation<P, R> operation) {
        /** Copies the content types. */
        public Unhandled {
            consumes = List.copyOf(consumes);
        }

        /** The same, taking these content types: for an operation that takes a {@link RawBody}. */
        public Unhandled<P, R> consuming(String... types) {
            return new Unhandled<>(method, path, List.of(types), operation);
        }

        /** The route with what it runs, which is the operation's handler for calls without a route as well. */
        public GatedRoute<P, R> handle(Handler<P, R> handler) {
            return handle(new PlainHandler<>(handler));
        }

        /** The route with what it runs. */
        public GatedRoute<P, R> handle(RouteHandler<P, R> handler) {
            return new GatedRoute<>(method, path, consumes, operation, handler);
        }
    }
}
