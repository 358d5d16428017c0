package dev.semel.spring.internal;

import dev.semel.Semel;
import dev.semel.maintenance.Maintenance;
import dev.semel.spring.GateRoutes;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Spring Boot's actuator shows of Semel, where there is one. */
@Configuration(proxyBeanMethods = false)
public class ActuatorConfiguration {
    /** The endpoint, where it is exposed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class Described {
        @Bean
        @ConditionalOnAvailableEndpoint(SemelEndpoint.class)
        SemelEndpoint semelEndpoint(
                Semel semel, ObjectProvider<GateRoutes> routes, ObjectProvider<Maintenance> maintenance) {
            return new SemelEndpoint(
                    semel.registry(),
                    () -> routes.stream()
                            .findFirst()
                            .map(GateRoutes::byOperation)
                            .orElseGet(Map::of),
                    SemelEndpoint.jobs(maintenance::getIfAvailable));
        }
    }

    /** The health, unless {@code management.health.semel.enabled} is false. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class Healthy {
        @Bean
        @ConditionalOnEnabledHealthIndicator("semel")
        SemelHealth semelHealthIndicator(Semel semel) {
            return new SemelHealth(semel);
        }
    }
}
