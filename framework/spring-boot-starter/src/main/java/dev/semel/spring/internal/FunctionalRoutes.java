package dev.semel.spring.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/** Functional routes have no gates: those that could mutate are defects. */
final class FunctionalRoutes implements RouterFunctions.Visitor {
    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    private final List<String> defects;

    private FunctionalRoutes(List<String> defects) {
        this.defects = defects;
    }

    static void check(RouterFunctionMapping mapping, List<String> defects) {
        RouterFunction<?> routes = mapping.getRouterFunction();
        if (routes != null) {
            routes.accept(new FunctionalRoutes(defects));
        }
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
        Methods methods = new Methods();
        predicate.accept(methods);
        if (methods.found.isEmpty() || !SAFE.containsAll(methods.found)) {
            defects.add("functional route " + predicate
                    + " mutates without a gate: make it a GatedRoute or a controller method");
        }
    }

    @Override
    public void startNested(RequestPredicate predicate) {}

    @Override
    public void endNested(RequestPredicate predicate) {}

    @Override
    public void resources(Function<ServerRequest, Optional<Resource>> lookup) {}

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> route) {
        defects.add("functional route " + route + " cannot be looked into: make it a controller method");
    }

    /** Collects the methods that a predicate asks for. */
    private static final class Methods implements RequestPredicates.Visitor {
        private final Set<HttpMethod> found = new HashSet<>();

        @Override
        public void method(Set<HttpMethod> methods) {
            found.addAll(methods);
        }

        @Override
        public void path(String pattern) {}

        @Override
        public void header(String name, String value) {}

        @Override
        public void param(String name, String value) {}

        @Override
        public void version(String version) {}

        @Override
        @SuppressWarnings("removal")
        public void pathExtension(String extension) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {}

        @Override
        public void unknown(RequestPredicate predicate) {}
    }
}
