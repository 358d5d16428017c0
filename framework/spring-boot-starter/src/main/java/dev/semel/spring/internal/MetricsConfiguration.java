package dev.semel.spring.internal;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The measures of writes and deliveries, only where the application measures at all. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
public class MetricsConfiguration {
    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    SemelMetrics semelMetrics(MeterRegistry meters) {
        return new SemelMetrics(meters);
    }

    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    DeliveryMetrics semelDeliveryMetrics(MeterRegistry meters) {
        return new DeliveryMetrics(meters);
    }
}
