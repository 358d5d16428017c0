package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.PayloadCodec;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.failpoint.Failpoints;
import dev.semel.jackson.JacksonCodec;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.Subscription;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(PostgresExtension.class)
class BlobConfigurationTest {
    private final BlobFixture fixture;
    private final Path folder;

    BlobConfigurationTest(TestDatabase database, @TempDir Path folder) {
        fixture = new BlobFixture(database, folder.resolve("fixture"));
        this.folder = folder;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private AnnotationConfigApplicationContext start(Map<String, Object> properties) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.registerBean(Transactions.class, () -> fixture.transactions);
        context.registerBean(JdbcClient.class, () -> fixture.jdbc);
        context.registerBean(PayloadCodec.class, JacksonCodec::ofDefaults);
        context.registerBean(Semel.class, () -> fixture.semel(fixture.files));
        context.registerBean(MaintenanceTransactions.class, () -> MaintenanceTransactions.of(fixture.database.pool(1)));
        context.registerBean(Failpoints.class, Failpoints::disabled);
        context.registerBean(MeterRegistry.class, () -> new SimpleMeterRegistry());
        context.register(BlobConfiguration.class);
        context.refresh();
        return context;
    }

    @Test
    void blobsAreFilesInTheDirectoryAndDamageIsCounted() throws Exception {
        Path directory = folder.resolve("blobs");
        try (var context = start(Map.of("semel.documents.blobs.directory", directory.toString()))) {
            Blobs blobs = context.getBean(Blobs.class);
            StoredBlob blob = blobs.put(fixture.tenant, BlobFixture.stream("hello"), 5);
            try (InputStream content = blobs.open(fixture.tenant, blob)) {
                assertThat(content.readAllBytes()).hasSize(5);
            }
            try (var files = Files.walk(directory)) {
                Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
            }
            assertThat(context.getBean(BlobVerifier.class)
                            .verify(fixture.tenant, "", 10, Duration.ofMinutes(1))
                            .damaged())
                    .hasSize(1);
            assertThat(context.getBean(MeterRegistry.class)
                            .counter("blobs.damaged")
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void jobsAndTheDeletionAreThereForWhoRunsThem() {
        try (var context = start(Map.of("semel.documents.blobs.directory", folder.toString()))) {
            assertThat(context.getBeansOfType(MaintenanceJob.class).values())
                    .extracting(MaintenanceJob::name)
                    .containsExactlyInAnyOrder("collect-blobs", "sweep-blobs", "verify-blobs");
            assertThat(context.getBean(Subscription.class).sinkName()).isEqualTo("blob-deletion");
        }
    }

    @Test
    void withoutAPlaceForBytesTheStartSaysWhichSettingIsMissing() {
        assertThatThrownBy(() -> start(Map.of())).rootCause().hasMessageContaining("semel.documents.blobs.directory");
    }

    @Test
    void graceThatBreaksThePromiseIsRefused() {
        Map<String, Object> properties =
                Map.of("semel.documents.blobs.directory", folder.toString(), "semel.documents.blobs.grace", "23h");

        assertThatThrownBy(() -> start(properties)).rootCause().hasMessageContaining("at least 24h");
    }

    @Test
    void bucketIsUsedWhereOneIsSet() throws Exception {
        try (S3Server server = new S3Server(folder)) {
            server.make("content");
            BlobProperties.S3 bucket = server.bucket("content");
            String s3 = "semel.documents.blobs.s3.";
            Map<String, Object> properties = Map.of(
                    s3 + "bucket", "content",
                    s3 + "endpoint", String.valueOf(bucket.endpoint()),
                    s3 + "path-style", "true",
                    s3 + "access-key", String.valueOf(bucket.accessKey()),
                    s3 + "secret-key", String.valueOf(bucket.secretKey()));
            try (var context = start(properties)) {
                Blobs blobs = context.getBean(Blobs.class);
                StoredBlob blob = blobs.put(fixture.tenant, BlobFixture.stream("hello"), 5);
                try (InputStream content = blobs.open(fixture.tenant, blob)) {
                    assertThat(content.readAllBytes()).hasSize(5);
                }
                assertThat(context.getBean(ByteStore.class)).isInstanceOf(S3Store.class);
            }
        }
    }
}
