package dev.semel.spring.internal;

import dev.semel.PayloadCodec;
import dev.semel.Transactions;
import dev.semel.audit.AuditArchive;
import dev.semel.audit.AuditConfig;
import dev.semel.audit.AuditJobs;
import dev.semel.audit.AuditListener;
import dev.semel.audit.AuditTrail;
import dev.semel.audit.AuditVerifier;
import dev.semel.audit.AuditWriter;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.spring.SemelProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The audit log's writer, verifier, archive and recurring jobs. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {
    /** Closed after the engine that fills it, before the pool that it writes to. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(AuditTrail.class)
    AuditWriter semelAuditTrail(Transactions transactions, ObjectProvider<AuditListener> listeners) {
        AuditWriter.Builder builder = AuditWriter.builder(transactions);
        listeners.orderedStream().forEach(builder::listener);
        return builder.build();
    }

    @Bean
    @ConditionalOnMissingBean
    AuditConfig semelAuditConfig(SemelProperties properties) {
        SemelProperties.Audit audit = properties.audit();
        AuditConfig.Builder builder =
                AuditConfig.builder().hot(audit.hot()).kept(audit.kept()).removeFiles(audit.removeFiles());
        Path folder = audit.archiveFolder();
        return (folder == null ? builder : builder.archiveFolder(folder)).build();
    }

    @Bean
    @ConditionalOnMissingBean
    AuditVerifier semelAuditVerifier(MaintenanceTransactions maintenance) {
        return AuditVerifier.of(maintenance);
    }

    @Bean
    MaintenanceJob semelAuditPartitions(MaintenanceTransactions maintenance) {
        return AuditJobs.partitions(maintenance);
    }

    @Bean
    MaintenanceJob semelAuditSeal(MaintenanceTransactions maintenance, AuditConfig config) {
        return AuditJobs.seal(maintenance, config);
    }

    /** Only where there is a place for the files. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(prefix = "semel.audit", name = "archive-folder")
    static class Archiving {
        @Bean
        @ConditionalOnMissingBean
        AuditArchive semelAuditArchive(MaintenanceTransactions maintenance, PayloadCodec codec, AuditConfig config) {
            return AuditArchive.of(maintenance, codec, config.archiveFolder().orElseThrow());
        }

        @Bean
        MaintenanceJob semelAuditExport(MaintenanceTransactions maintenance, AuditArchive archive, AuditConfig config) {
            return AuditJobs.export(maintenance, archive, config);
        }

        @Bean
        MaintenanceJob semelAuditCleanup(
                MaintenanceTransactions maintenance, AuditArchive archive, AuditConfig config) {
            return AuditJobs.cleanup(maintenance, archive, config);
        }
    }

    /** Only where the application measures at all. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Metrics {
        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        AuditMetrics semelAuditMetrics(MeterRegistry meters) {
            return new AuditMetrics(meters);
        }
    }
}
