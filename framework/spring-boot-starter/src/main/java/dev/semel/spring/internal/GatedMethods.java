package dev.semel.spring.internal;

import dev.semel.Operation;
import dev.semel.Registry;
import dev.semel.spring.GateRoutes;
import java.util.List;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.web.bind.support.WebBindingInitializer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletRequestDataBinderFactory;

/** Finds a gated method's operation and makes the method callable with Spring's own argument resolvers. */
final class GatedMethods {
    private final Registry registry;
    private final HandlerMethodArgumentResolverComposite resolvers = new HandlerMethodArgumentResolverComposite();
    private final ServletRequestDataBinderFactory binders;

    GatedMethods(Registry registry, RequestMappingHandlerAdapter mvc) {
        this.registry = registry;
        resolvers.addResolver(new GateArgumentResolver());
        List<HandlerMethodArgumentResolver> mvcResolvers = mvc.getArgumentResolvers();
        resolvers.addResolvers(mvcResolvers == null ? List.of() : mvcResolvers);
        WebBindingInitializer initializer = mvc.getWebBindingInitializer();
        this.binders = new ServletRequestDataBinderFactory(null, initializer);
    }

    /** @throws IllegalStateException if the gate names no registered operation, which the start has excluded */
    Operation<?, ?> operation(HandlerMethod method) {
        return GateRoutes.operation(method)
                .flatMap(registry::find)
                .orElseThrow(() -> new IllegalStateException("no registered operation: " + method));
    }

    GatedMethod method(HandlerMethod handler) {
        GatedMethod method = new GatedMethod(handler);
        method.setHandlerMethodArgumentResolvers(resolvers);
        method.setParameterNameDiscoverer(new DefaultParameterNameDiscoverer());
        method.setDataBinderFactory(binders);
        return method;
    }
}
