package dev.semel.spring.internal;

import dev.semel.maintenance.Maintenance;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.maintenance.PruneKeys;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Recurring jobs: only in processes that do them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(prefix = "semel.maintenance", name = "enabled", matchIfMissing = true)
public class MaintenanceConfiguration {
    @Bean
    PruneKeys semelPruneKeys(MaintenanceTransactions transactions) {
        return PruneKeys.ofDefaults(transactions);
    }

    /** Closed by its lifecycle. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    Maintenance semelMaintenance(MaintenanceTransactions transactions, ObjectProvider<MaintenanceJob> jobs) {
        Maintenance.Builder builder = Maintenance.builder(transactions);
        jobs.orderedStream().forEach(builder::job);
        return builder.build();
    }

    @Bean
    BackgroundLifecycle semelMaintenanceLifecycle(Maintenance maintenance) {
        return new BackgroundLifecycle(maintenance::start, maintenance::close);
    }

    /** Only where the application measures at all. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Metrics {
        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        MaintenanceMetrics semelMaintenanceMetrics(
                MeterRegistry meters, Maintenance maintenance, ObjectProvider<MaintenanceJob> jobs) {
            return new MaintenanceMetrics(
                    meters, maintenance, jobs.stream().map(MaintenanceJob::name).toList());
        }
    }
}
