package dev.semel.documents.blob;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code semel.documents.blobs}.
 *
 * @param directory where the files are; the server's default is {@code blobs} in its data folder. Several servers of one database
 *     share it
 * @param grace how long content stays that no document names
 */
@ConfigurationProperties("semel.documents.blobs")
public record BlobProperties(
        @Nullable Path directory, @DefaultValue("24h") Duration grace) {
    private static final Duration SHORTEST_GRACE = Duration.ofHours(24);

    /** @throws IllegalArgumentException unless the grace is at least a day: clients rely on it between a put and its document */
    public BlobProperties {
        if (grace.compareTo(SHORTEST_GRACE) < 0) {
            throw new IllegalArgumentException("semel.documents.blobs.grace must be at least 24h");
        }
    }
}
