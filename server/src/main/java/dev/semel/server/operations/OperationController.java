package dev.semel.server.operations;

import dev.semel.Semel;
import dev.semel.spring.GateRoutes;
import dev.semel.spring.RegisteredOperation;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The route of the registry. */
@RestController
@RequestMapping("/api/operations")
final class OperationController {
    private final Semel semel;
    private final GateRoutes routes;

    OperationController(Semel semel, GateRoutes routes) {
        this.semel = semel;
        this.routes = routes;
    }

    /** All operations. Immutable. */
    record Operations(List<RegisteredOperation> items) {
        /** Copies the items. */
        Operations {
            items = List.copyOf(items);
        }
    }

    @GetMapping
    @Operation(summary = "The registry: every protected operation with its routes, by name")
    Operations list() {
        Map<String, Set<String>> byOperation = routes.byOperation();
        return new Operations(semel.registry().operations().stream()
                .map(operation ->
                        RegisteredOperation.of(operation, byOperation.getOrDefault(operation.name(), Set.of())))
                .toList());
    }
}
