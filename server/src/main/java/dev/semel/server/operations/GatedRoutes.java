package dev.semel.server.operations;

import dev.semel.spring.Gate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Which routes lead to which operation. Thread-safe. */
final class GatedRoutes {
    private final RequestMappingHandlerMapping mapping;

    GatedRoutes(RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    /** As in {@code POST /api/payments}, by the operation's name. */
    Map<String, Set<String>> byOperation() {
        Map<String, Set<String>> routes = new TreeMap<>();
        mapping.getHandlerMethods().forEach((route, handler) -> add(route, handler, routes));
        return routes;
    }

    private static void add(RequestMappingInfo route, HandlerMethod handler, Map<String, Set<String>> routes) {
        Gate gate = handler.getMethodAnnotation(Gate.class);
        if (gate == null) {
            return;
        }
        Set<String> ofOperation = routes.computeIfAbsent(gate.value(), name -> new TreeSet<>());
        for (String pattern : route.getPatternValues()) {
            for (RequestMethod method : route.getMethodsCondition().getMethods()) {
                ofOperation.add(method + " " + pattern);
            }
        }
    }
}
