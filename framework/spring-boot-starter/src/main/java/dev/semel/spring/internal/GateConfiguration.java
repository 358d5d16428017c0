package dev.semel.spring.internal;

import dev.semel.PayloadCodec;
import dev.semel.Semel;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.GateRoutes;
import dev.semel.spring.GatedRoute;
import dev.semel.spring.ProblemWriter;
import dev.semel.spring.SemelProperties;
import jakarta.servlet.DispatcherType;
import jakarta.validation.Validator;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.task.TaskDecorator;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The beans between HTTP and the engine. Without HTTP an application calls the engine itself. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class GateConfiguration {
    @Bean
    FilterRegistrationBean<RequestIdFilter> semelRequestIdFilter() {
        FilterRegistrationBean<RequestIdFilter> registration = new FilterRegistrationBean<>(new RequestIdFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }

    @Bean
    @ConditionalOnMissingBean
    ProblemWriter semelProblemWriter(PayloadCodec theCodec) {
        return new ProblemWriter(theCodec);
    }

    @Bean
    ProblemAdvice semelProblemAdvice(ProblemWriter writer, SemelProperties properties) {
        return new ProblemAdvice(writer, new ProblemCodes(properties.http().keyReusedStatus()));
    }

    @Bean
    @ConditionalOnMissingBean(ErrorController.class)
    ProblemErrorController semelErrorController(ProblemWriter writer) {
        return new ProblemErrorController(writer);
    }

    @Bean
    GateHandlerAdapter semelGateHandlerAdapter(
            Semel theEngine,
            PayloadCodec theCodec,
            CallerResolver theCallers,
            SemelProperties properties,
            ObjectProvider<PayloadCheck> payloads,
            ObjectProvider<TaskDecorator> decorators,
            RequestMappingHandlerAdapter mvc) {
        GateRequests requests = new GateRequests(
                theCallers,
                theCodec,
                new RequestBodies(
                        properties.http().maxBodySize(), properties.http().maxRawBodySize()),
                payloads.getIfAvailable(PayloadCheck::none),
                decorators.orderedStream().toList());
        return new GateHandlerAdapter(theEngine, requests, new GatedMethods(theEngine.registry(), mvc));
    }

    /** Registers the routes that have no controller. */
    @Bean
    GateRoutes semelGateRoutes(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            ObjectProvider<GatedRoute<?, ?>> routes) {
        routes.orderedStream().forEach(route -> GatedRouteEndpoint.register(route, mapping));
        return new GateRoutes(mapping);
    }

    /** When all routes are registered. */
    @Bean
    GateCheck semelGateCheck(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            ObjectProvider<RouterFunctionMapping> functionalRoutes,
            GateRoutes routes,
            Semel semel) {
        return new GateCheck(mapping, functionalRoutes.orderedStream().toList(), semel, routes);
    }

    /** Only where there is something to validate with. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Validator.class)
    static class Validation {
        @Bean
        @ConditionalOnBean(Validator.class)
        PayloadCheck semelPayloadCheck(Validator validator) {
            return new PayloadValidation(validator);
        }
    }
}
