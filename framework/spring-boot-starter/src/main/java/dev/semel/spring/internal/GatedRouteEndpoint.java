package dev.semel.spring.internal;

import dev.semel.Write;
import dev.semel.spring.GatedRoute;
import java.lang.reflect.Method;
import java.util.Map;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A route without a controller, as the controller that it stands for. */
public final class GatedRouteEndpoint {
    private static final Method METHOD =
            ClassUtils.getMethod(GatedRouteEndpoint.class, "handle", Write.class, Map.class);

    private final GatedRoute<?, ?> route;

    private GatedRouteEndpoint(GatedRoute<?, ?> route) {
        this.route = route;
    }

    static void register(GatedRoute<?, ?> route, RequestMappingHandlerMapping mapping) {
        RequestMappingInfo.Builder info = RequestMappingInfo.paths(route.path())
                .methods(route.method())
                .options(mapping.getBuilderConfiguration());
        if (!route.consumes().isEmpty()) {
            info.consumes(route.consumes().toArray(String[]::new));
        }
        mapping.registerMapping(info.build(), new GatedRouteEndpoint(route), METHOD);
    }

    /** What its gate is bound to. */
    public String operationName() {
        return route.operation().name();
    }

    /** Called by the gate. */
    public Object handle(Write<?> write, @PathVariable Map<String, String> pathVariables) throws Exception {
        return handle(route, write, pathVariables);
    }

    /** The gate has read the payload as the operation's own type. */
    @SuppressWarnings("unchecked")
    private static <P, R> Object handle(GatedRoute<P, R> route, Write<?> write, Map<String, String> pathVariables)
            throws Exception {
        return route.handler().handle((Write<P>) write, pathVariables);
    }
}
