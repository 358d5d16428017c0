package dev.semel.server.operations;

import dev.semel.Semel;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.GateRoutes;
import dev.semel.spring.SemelConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of operating. */
@Configuration(proxyBeanMethods = false)
public class OperationsConfiguration {
    @Bean
    SemelConfigurer outboxConfigurer() {
        return builder -> builder.register(OutboxOperations.REPLAY_EVENT)
                .register(OutboxOperations.REPLAY_PARKED_EVENTS)
                .register(OutboxOperations.DISCARD_EVENT);
    }

    @Bean
    TenantRows tenantRows(Semel semel, CallerResolver callers) {
        return new TenantRows(semel, callers);
    }

    @Bean
    WriteController writeController(TenantRows rows) {
        return new WriteController(rows);
    }

    @Bean
    OutboxController outboxController(TenantRows rows) {
        return new OutboxController(rows);
    }

    @Bean
    LeaseController leaseController(TenantRows rows) {
        return new LeaseController(rows);
    }

    @Bean
    UsageController usageController(TenantRows rows) {
        return new UsageController(rows);
    }

    @Bean
    OperationController operationController(Semel semel, GateRoutes routes) {
        return new OperationController(semel, routes);
    }
}
