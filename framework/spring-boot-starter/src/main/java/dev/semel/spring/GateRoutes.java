package dev.semel.spring;

import dev.semel.spring.internal.GatedRouteEndpoint;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Which routes lead to which operation. Thread-safe. */
public final class GateRoutes {
    private final RequestMappingHandlerMapping mapping;

    /** Of the application's own routes. */
    public GateRoutes(RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    /** The name of the operation that a route's gate is bound to; empty without a gate. */
    public static Optional<String> operation(HandlerMethod route) {
        if (route.getBean() instanceof GatedRouteEndpoint endpoint) {
            return Optional.of(endpoint.operationName());
        }
        return Optional.ofNullable(route.getMethodAnnotation(Gate.class)).map(Gate::value);
    }

    /** The routes as in {@code POST /api/payments}, by the operation's name. Looks at all routes each time. */
    public Map<String, Set<String>> byOperation() {
        Map<String, Set<String>> routes = new TreeMap<>();
        mapping.getHandlerMethods()
                .forEach((route, method) -> operation(method)
                        .ifPresent(name -> routes.computeIfAbsent(name, operation -> new TreeSet<>())
                                .addAll(names(route))));
        return routes;
    }

    private static Set<String> names(RequestMappingInfo route) {
        Set<String> names = new TreeSet<>();
        for (String pattern : route.getPatternValues()) {
            for (RequestMethod method : route.getMethodsCondition().getMethods()) {
                names.add(method + " " + pattern);
            }
        }
        return names;
    }
}
