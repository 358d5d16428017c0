package dev.semel.spring.internal;

import dev.semel.Registry;
import dev.semel.maintenance.JobStatus;
import dev.semel.maintenance.Maintenance;
import dev.semel.spring.RegisteredOperation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/semel}: the registry with its routes, and how the recurring jobs stand. Of no tenant. */
@Endpoint(id = "semel")
public final class SemelEndpoint {
    private final Registry registry;
    private final Supplier<Map<String, Set<String>>> routes;
    private final Supplier<List<JobStatus>> jobs;

    SemelEndpoint(Registry registry, Supplier<Map<String, Set<String>>> routes, Supplier<List<JobStatus>> jobs) {
        this.registry = registry;
        this.routes = routes;
        this.jobs = jobs;
    }

    /**
     * What the endpoint says.
     *
     * @param operations by name
     * @param jobs as they stood a moment ago; none in a process that runs none
     */
    public record Description(List<RegisteredOperation> operations, List<JobStatus> jobs) {
        /** Copies the lists. */
        public Description {
            operations = List.copyOf(operations);
            jobs = List.copyOf(jobs);
        }
    }

    /** Reads it. */
    @ReadOperation
    public Description describe() {
        Map<String, Set<String>> byOperation = routes.get();
        List<RegisteredOperation> operations = registry.operations().stream()
                .map(one -> RegisteredOperation.of(one, byOperation.getOrDefault(one.name(), Set.of())))
                .toList();
        return new Description(operations, jobs.get());
    }

    static Supplier<List<JobStatus>> jobs(Supplier<? extends Maintenance> maintenance) {
        return () -> {
            Maintenance found = maintenance.get();
            return found == null ? List.of() : found.status();
        };
    }
}
