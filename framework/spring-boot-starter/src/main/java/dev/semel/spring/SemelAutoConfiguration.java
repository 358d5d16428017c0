package dev.semel.spring;

import dev.semel.BoundaryLog;
import dev.semel.PayloadCodec;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.WriteListener;
import dev.semel.audit.AuditTrail;
import dev.semel.failpoint.Failpoints;
import dev.semel.jackson.JacksonCodec;
import dev.semel.jackson.JsonLimits;
import dev.semel.spring.internal.ActuatorConfiguration;
import dev.semel.spring.internal.AuditConfiguration;
import dev.semel.spring.internal.CallerConfiguration;
import dev.semel.spring.internal.FailpointConfiguration;
import dev.semel.spring.internal.GateConfiguration;
import dev.semel.spring.internal.MaintenanceConfiguration;
import dev.semel.spring.internal.MetricsConfiguration;
import dev.semel.spring.internal.NotificationConfiguration;
import dev.semel.spring.internal.RelayConfiguration;
import dev.semel.spring.internal.SemelTables;
import dev.semel.spring.internal.SpringTransactions;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Wires the engine into an application that has a data source, a transaction manager and a {@link CallerResolver}.
 *
 * <p>Of several beans of a type Spring takes the one that is named like the parameter. Which one Semel gets must not hang on that,
 * so its parameters are called as no bean is: {@code theCodec}.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        },
        beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")
@EnableConfigurationProperties(SemelProperties.class)
@Import({
    CallerConfiguration.class,
    GateConfiguration.class,
    MetricsConfiguration.class,
    NotificationConfiguration.class,
    RelayConfiguration.class,
    MaintenanceConfiguration.class,
    AuditConfiguration.class,
    FailpointConfiguration.class,
    ActuatorConfiguration.class
})
public class SemelAutoConfiguration {
    /** For Spring. */
    SemelAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    PayloadCodec semelPayloadCodec(SemelProperties properties) {
        int maxBytes = Math.toIntExact(properties.http().maxBodySize().toBytes());
        return JacksonCodec.of(JsonLimits.ofDefaults().withMaxBytes(maxBytes));
    }

    @Bean
    @ConditionalOnMissingBean
    Transactions semelTransactions(DataSource theDataSource, PlatformTransactionManager theManager) {
        return new SpringTransactions(theManager, theDataSource);
    }

    @Bean
    SemelTables semelTables(DataSource theDataSource, SemelProperties properties) {
        return new SemelTables(theDataSource, properties.migrate());
    }

    @Bean
    @ConditionalOnMissingBean
    BoundaryLog semelBoundaryLog() {
        return new BoundaryLog();
    }

    @Bean
    @ConditionalOnMissingBean
    Semel semel(
            Transactions transactions,
            PayloadCodec theCodec,
            AuditTrail auditTrail,
            Failpoints failpoints,
            SemelProperties properties,
            ObjectProvider<SemelConfigurer> configurers,
            ObjectProvider<GatedRoute<?, ?>> routes,
            ObjectProvider<WriteListener> listeners) {
        Semel.Builder builder = Semel.builder(transactions, theCodec)
                .auditTrail(auditTrail)
                .failpoints(failpoints)
                .coalescing(properties.coalescing().limits());
        routes.orderedStream().forEach(route -> route.register(builder));
        configurers.orderedStream().forEach(configurer -> configurer.configure(builder));
        listeners.orderedStream().forEach(builder::listener);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new GateDefectException(List.of(String.valueOf(e.getMessage())));
        }
    }
}
