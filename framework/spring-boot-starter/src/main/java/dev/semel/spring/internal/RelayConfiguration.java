package dev.semel.spring.internal;

import dev.semel.Transactions;
import dev.semel.WriteListener;
import dev.semel.failpoint.Failpoints;
import dev.semel.lease.LeaseListener;
import dev.semel.lease.Leases;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.Relay;
import dev.semel.outbox.RelayListener;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UsageSink;
import dev.semel.spring.MaintenanceDataSource;
import dev.semel.spring.RelayConfigurer;
import dev.semel.spring.SemelProperties;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans between the outbox and the sinks. */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {
    @Bean
    @ConditionalOnMissingBean
    MaintenanceTransactions semelMaintenanceTransactions(
            ObjectProvider<MaintenanceDataSource> own, ObjectProvider<DataSource> application) {
        MaintenanceDataSource source = own.getIfAvailable(() -> new MaintenanceDataSource(application.getObject()));
        return MaintenanceTransactions.of(source.dataSource());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Leases semelLeases(Transactions transactions, ObjectProvider<LeaseListener> listeners) {
        return Leases.of(transactions, listeners.orderedStream().toArray(LeaseListener[]::new));
    }

    /** Sinks may use the engine, and the engine wakes the relay: so it is asked for only when there is something to do. */
    @Bean
    WriteListener semelRelayWaker(ObjectProvider<Relay> relay, ObjectProvider<NodeNotifications> others) {
        return new RelayWaker(relay, others);
    }

    /** Only in processes that deliver. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(prefix = "semel.relay", name = "enabled", matchIfMissing = true)
    static class Delivering {
        @Bean
        Subscription semelUsage() {
            return UsageSink.subscription();
        }

        /** Closed by its lifecycle, before anything that its sinks need. */
        @Bean(destroyMethod = "")
        @ConditionalOnMissingBean
        Relay semelRelay(
                Transactions transactions,
                MaintenanceTransactions maintenance,
                Leases leases,
                SemelProperties properties,
                Failpoints failpoints,
                ObjectProvider<Subscription> subscriptions,
                ObjectProvider<RelayListener> listeners,
                ObjectProvider<RelayConfigurer> configurers) {
            Relay.Builder builder = Relay.builder(transactions, maintenance, leases)
                    .pollInterval(properties.relay().pollInterval())
                    .workers(properties.relay().workers())
                    .failpoints(failpoints);
            listeners.orderedStream().forEach(builder::listener);
            subscriptions.orderedStream().forEach(builder::subscribe);
            configurers.orderedStream().forEach(configurer -> configurer.configure(builder));
            return builder.build();
        }

        @Bean
        BackgroundLifecycle semelRelayLifecycle(Relay relay) {
            return new BackgroundLifecycle(relay::start, relay::close);
        }
    }
}
