package dev.semel.server.security;

import dev.semel.server.options.StartException;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** At start-up: each route of a controller has a rule, so that a new one is never open to everybody by oversight. */
final class AccessCheck implements SmartInitializingSingleton {
    private final RequestMappingHandlerMapping mapping;

    AccessCheck(RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> forgotten = new TreeSet<>();
        mapping.getHandlerMethods().forEach((route, method) -> check(route, method, forgotten));
        if (!forgotten.isEmpty()) {
            throw new StartException("No access rule speaks about these routes: " + String.join(", ", forgotten) + ".");
        }
    }

    private static void check(RequestMappingInfo route, HandlerMethod handler, Set<String> forgotten) {
        if (ErrorController.class.isAssignableFrom(handler.getBeanType())) {
            return;
        }
        Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
        for (String pattern : route.getPatternValues()) {
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.values()) : methods) {
                if (!isCovered(method.name(), pattern)) {
                    forgotten.add(method + " " + pattern);
                }
            }
        }
    }

    private static boolean isCovered(String method, String pattern) {
        String example = pattern.replaceAll("\\{[^/]*}", "x").replace("**", "x").replace("*", "x");
        boolean reading = AccessRule.isReading(method);
        return AccessRules.ALL.stream().anyMatch(rule -> rule.covers(reading, example));
    }
}
