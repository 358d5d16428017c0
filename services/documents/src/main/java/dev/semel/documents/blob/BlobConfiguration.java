package dev.semel.documents.blob;

import dev.semel.PayloadCodec;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.failpoint.Failpoint;
import dev.semel.failpoint.Failpoints;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.Subscription;
import dev.semel.spring.SemelConfigurer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of the blobs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BlobProperties.class)
public class BlobConfiguration {
    /** For Spring. */
    BlobConfiguration() {}

    /**
     * The operation {@code collectBlobs}, which has no route.
     *
     * @param grace how long content stays that nothing references
     */
    public static SemelConfigurer collecting(JdbcClient jdbc, Duration grace) {
        return builder -> builder.handle(CollectBlobs.OPERATION, new CollectBlobs(new BlobTable(jdbc), grace));
    }

    /** Closes its client if it has one. */
    @Bean
    ByteStore documentsByteStore(BlobProperties properties) throws IOException {
        BlobProperties.S3 s3 = properties.s3();
        if (s3 != null) {
            return S3Store.of(s3);
        }
        Path directory = properties.directory();
        if (directory == null) {
            throw new IllegalStateException("semel.documents.blobs.directory is not set");
        }
        return FileStore.in(directory);
    }

    @Bean
    BlobRows documentsBlobRows(Transactions transactions, JdbcClient jdbc) {
        return new BlobRows(transactions, jdbc);
    }

    @Bean
    Blobs documentsBlobs(
            ByteStore store,
            BlobRows rows,
            BlobProperties properties,
            ObjectProvider<BlobListener> listener,
            Failpoints failpoints) {
        return new TenantBlobs(
                store,
                rows,
                properties.grace(),
                Clock.systemUTC(),
                new DamageReports(orNone(listener)),
                new BlobFailpoints(failpoints));
    }

    @Bean
    BlobVerifier documentsBlobVerifier(Blobs blobs, BlobRows rows) {
        return new BlobVerifier(blobs, rows);
    }

    @Bean
    SemelConfigurer documentsBlobCollecting(JdbcClient jdbc, BlobProperties properties) {
        return collecting(jdbc, properties.grace());
    }

    /** Lazy: only a process that delivers needs it. */
    @Bean
    @Lazy
    Subscription documentsBlobDeletion(ByteStore store, PayloadCodec codec, Failpoints failpoints) {
        return new BlobDeletion(store, codec, new BlobFailpoints(failpoints)).subscription();
    }

    /** Lazy: only a process with maintenance needs it. */
    @Bean
    @Lazy
    MaintenanceJob documentsBlobCollector(
            Semel semel,
            MaintenanceTransactions transactions,
            BlobRows rows,
            BlobProperties properties,
            ObjectProvider<BlobListener> listener) {
        return new BlobCollector(semel, new BlobTenants(transactions), rows, properties.grace(), orNone(listener));
    }

    /** Lazy: only a process with maintenance needs it. */
    @Bean
    @Lazy
    MaintenanceJob documentsBlobSweep(
            ByteStore store, BlobRows rows, BlobProperties properties, ObjectProvider<BlobListener> listener) {
        return new SweepBlobs(store, rows, properties.grace(), orNone(listener));
    }

    /** Lazy: only a process with maintenance needs it. */
    @Bean
    @Lazy
    MaintenanceJob documentsBlobVerification(
            BlobVerifier verifier,
            MaintenanceTransactions transactions,
            BlobProperties properties,
            ObjectProvider<BlobListener> listener) {
        return new VerifyBlobs(verifier, new BlobTenants(transactions), properties.verifyEvery(), orNone(listener));
    }

    /** Where the process can be made to die. */
    @Configuration(proxyBeanMethods = false)
    static class Rehearsals {
        @Bean
        Failpoint documentsAfterPutBytes() {
            return BlobFailpoints.AFTER_BYTES;
        }

        @Bean
        Failpoint documentsAfterPutRow() {
            return BlobFailpoints.AFTER_ROW;
        }

        @Bean
        Failpoint documentsBeforeDeletion() {
            return BlobFailpoints.BEFORE_DELETION;
        }

        @Bean
        Failpoint documentsAfterDeletion() {
            return BlobFailpoints.AFTER_DELETION;
        }
    }

    private static BlobListener orNone(ObjectProvider<BlobListener> listener) {
        return listener.getIfAvailable(() -> new BlobListener() {});
    }

    /** Only where the application measures at all. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Metrics {
        @Bean
        BlobListener documentsBlobMetrics(ObjectProvider<MeterRegistry> meters) {
            MeterRegistry registry = meters.getIfAvailable();
            return registry == null ? new BlobListener() {} : new BlobMetrics(registry);
        }
    }
}
