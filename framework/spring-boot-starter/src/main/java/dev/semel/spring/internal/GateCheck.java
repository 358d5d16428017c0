package dev.semel.spring.internal;

import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.spring.GateDefectException;
import dev.semel.spring.GateRoutes;
import dev.semel.spring.RawBody;
import dev.semel.spring.Ungated;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** At start-up: every mutating route has a gate or a stated exemption, every gate fits its operation, and every operation can be executed. */
public final class GateCheck implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(GateCheck.class);
    private static final Set<RequestMethod> SAFE =
            Set.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS, RequestMethod.TRACE);

    private static final Set<RequestMethod> MUTATING =
            Set.of(RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE);
    private static final Set<Class<?>> UNBOUND = Set.of(
            ServletRequest.class,
            ServletResponse.class,
            WebRequest.class,
            HttpSession.class,
            Part.class,
            MultipartFile.class,
            InputStream.class,
            Reader.class,
            OutputStream.class,
            Writer.class,
            HttpEntity.class);

    private final RequestMappingHandlerMapping mapping;
    private final List<RouterFunctionMapping> functionalRoutes;
    private final Semel semel;
    private final GateRoutes routes;

    GateCheck(
            RequestMappingHandlerMapping mapping,
            List<RouterFunctionMapping> functionalRoutes,
            Semel semel,
            GateRoutes routes) {
        this.mapping = mapping;
        this.functionalRoutes = functionalRoutes;
        this.semel = semel;
        this.routes = routes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> defects = new ArrayList<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> route :
                mapping.getHandlerMethods().entrySet()) {
            check(route.getKey(), route.getValue(), defects);
        }
        functionalRoutes.forEach(functional -> FunctionalRoutes.check(functional, defects));
        Map<String, Set<String>> byOperation = routes.byOperation();
        semel.registry().operations().stream()
                .filter(operation -> !byOperation.containsKey(operation.name()) && !semel.hasHandler(operation))
                .forEach(operation -> defects.add("operation " + operation.name()
                        + " has neither a route nor a handler: name it in a @Gate, declare a GatedRoute, give it a handler with"
                        + " Semel.Builder.handle, or remove it"));
        if (!defects.isEmpty()) {
            throw new GateDefectException(defects);
        }
        LOG.info("operations:{}", RegistryTable.of(semel.registry(), byOperation));
    }

    private void check(RequestMappingInfo route, HandlerMethod method, List<String> defects) {
        Optional<String> gate = GateRoutes.operation(method);
        Ungated ungated = method.getMethodAnnotation(Ungated.class);
        if (gate.isPresent()) {
            checkGate(route, method, gate.get(), defects);
        } else if (ungated != null) {
            LOG.info("route {} has no gate: {}", route, ungated.value());
        } else if (mutates(route) && !ErrorController.class.isAssignableFrom(method.getBeanType())) {
            defects.add("route " + route + " (" + method.getShortLogMessage()
                    + ") mutates without a gate: add @Gate with its operation, or @Ungated with the reason");
        }
    }

    private static boolean mutates(RequestMappingInfo route) {
        Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
        return methods.isEmpty() || !SAFE.containsAll(methods);
    }

    private void checkGate(RequestMappingInfo route, HandlerMethod method, String gate, List<String> defects) {
        Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
        if (methods.isEmpty() || !MUTATING.containsAll(methods)) {
            defects.add("route " + route + " has a gate and would write on GET: name its methods, POST, PUT, PATCH or"
                    + " DELETE");
        }
        Operation<?, ?> operation = semel.registry().find(gate).orElse(null);
        if (operation == null) {
            defects.add("route " + route + ": @Gate names " + gate
                    + ", but no SemelConfigurer registers an operation of that name");
            return;
        }
        if (operation.payloadType() == RawBody.class && takesAnyType(route)) {
            defects.add("route " + route + " takes a raw body of any type: name the types that it consumes");
        }
        if (!(method.getBean() instanceof GatedRouteEndpoint)) {
            checkMethod(route, method, operation, defects);
        }
    }

    private static void checkMethod(
            RequestMappingInfo route, HandlerMethod method, Operation<?, ?> operation, List<String> defects) {
        if (!operation.resultType().isAssignableFrom(method.getReturnType().getParameterType())) {
            defects.add("route " + route + " returns "
                    + method.getReturnType().getParameterType().getSimpleName() + ", but " + operation.name()
                    + " results in " + operation.resultType().getSimpleName());
        }
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (UNBOUND.stream().anyMatch(type -> type.isAssignableFrom(parameter.getParameterType()))) {
                defects.add("route " + route + " takes "
                        + parameter.getParameterType().getSimpleName() + ", which is not part of its fingerprint");
            }
            if (parameter.hasParameterAnnotation(RequestBody.class)
                    && parameter.getParameterType() != operation.payloadType()) {
                defects.add("route " + route + " takes "
                        + parameter.getParameterType().getSimpleName() + ", but " + operation.name() + " takes "
                        + operation.payloadType().getSimpleName());
            }
        }
    }

    private static boolean takesAnyType(RequestMappingInfo route) {
        return route.getConsumesCondition().isEmpty()
                || route.getConsumesCondition().getConsumableMediaTypes().stream()
                        .anyMatch(MediaType::isWildcardType);
    }
}
