package dev.semel.spring.internal;

import java.util.ArrayDeque;
import java.util.Deque;
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
        if (!methods.areSafe()) {
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

    /**
     * The methods that a predicate lets through: those that both sides of an "and" do, and those that either side of an "or" does.
     * What is negated, or says nothing of methods, may let through any.
     */
    private static final class Methods implements RequestPredicates.Visitor {
        private static final Set<HttpMethod> ANY = Set.of(HttpMethod.values());

        private final Deque<Set<HttpMethod>> sides = new ArrayDeque<>();

        boolean areSafe() {
            return sides.size() == 1 && SAFE.containsAll(sides.element());
        }

        private void any() {
            sides.push(ANY);
        }

        @Override
        public void method(Set<HttpMethod> methods) {
            sides.push(methods);
        }

        @Override
        public void path(String pattern) {
            any();
        }

        @Override
        public void header(String name, String value) {
            any();
        }

        @Override
        public void param(String name, String value) {
            any();
        }

        @Override
        public void version(String version) {
            any();
        }

        @Override
        @SuppressWarnings("removal")
        public void pathExtension(String extension) {
            any();
        }

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {
            Set<HttpMethod> both = new HashSet<>(sides.pop());
            both.retainAll(sides.pop());
            sides.push(both);
        }

        @Override
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {
            Set<HttpMethod> either = new HashSet<>(sides.pop());
            either.addAll(sides.pop());
            sides.push(either);
        }

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {
            sides.pop();
            any();
        }

        @Override
        public void unknown(RequestPredicate predicate) {
            any();
        }
    }
}
