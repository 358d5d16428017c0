package dev.semel.documents.blob;

import java.net.URI;
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
 * @param verifyEvery how often all content is read and compared with its hashes
 * @param s3 where the objects are; null for files
 */
@ConfigurationProperties("semel.documents.blobs")
public record BlobProperties(
        @Nullable Path directory,
        @DefaultValue("24h") Duration grace,
        @DefaultValue("7d") Duration verifyEvery,
        @Nullable S3 s3) {
    private static final Duration SHORTEST_GRACE = Duration.ofHours(24);
    private static final Duration SHORTEST_PAUSE = Duration.ofHours(1);

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException unless the grace is at least a day: clients rely on it between a put and its document; and unless
     *     there is an hour between two verifications
     */
    public BlobProperties {
        if (grace.compareTo(SHORTEST_GRACE) < 0) {
            throw new IllegalArgumentException("semel.documents.blobs.grace must be at least 24h");
        }
        if (verifyEvery.compareTo(SHORTEST_PAUSE) < 0) {
            throw new IllegalArgumentException("semel.documents.blobs.verify-every must be at least 1h");
        }
    }

    /**
     * A bucket of S3, or of what speaks its language.
     *
     * @param bucket its name; it has to exist
     * @param region of the bucket
     * @param endpoint null for Amazon's
     * @param pathStyle whether the bucket stands in the path and not in the host's name
     * @param prefix before the names of all objects, with its slash
     * @param accessKey null for what the SDK finds: environment, profile, the machine's role
     * @param secretKey goes with the access key
     */
    public record S3(
            String bucket,
            @DefaultValue("us-east-1") String region,
            @Nullable URI endpoint,
            @DefaultValue("false") boolean pathStyle,
            @DefaultValue("") String prefix,
            @Nullable String accessKey,
            @Nullable String secretKey) {
        /** @throws IllegalArgumentException if there is no bucket, or one of the keys without the other */
        public S3 {
            if (bucket == null || bucket.isBlank()) {
                throw new IllegalArgumentException("semel.documents.blobs.s3.bucket is not set");
            }
            if ((accessKey == null) != (secretKey == null)) {
                throw new IllegalArgumentException("semel.documents.blobs.s3 needs both keys or none");
            }
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "S3[bucket=%s, region=%s, endpoint=%s, prefix=%s]".formatted(bucket, region, endpoint, prefix);
        }
    }
}
