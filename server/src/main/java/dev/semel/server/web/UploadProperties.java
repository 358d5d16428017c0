package dev.semel.server.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code semel.uploads}: how long the server waits for a request's body.
 *
 * @param allowance the time that any body may take; more comes by what has arrived
 * @param rate how much of a body has to arrive in each further second
 */
@ConfigurationProperties("semel.uploads")
public record UploadProperties(
        @DefaultValue("30s") Duration allowance,
        @DefaultValue("16KB") DataSize rate) {
    /** @throws IllegalArgumentException unless both are positive */
    public UploadProperties {
        if (allowance.toMillis() < 1 || rate.toBytes() < 1) {
            throw new IllegalArgumentException("semel.uploads.allowance and semel.uploads.rate must be positive");
        }
    }

    /** How long a client may be waited for that has sent so many bytes. */
    long limitNanos(long received) {
        return allowance.toNanos() + (long) (received * 1e9 / rate.toBytes());
    }
}
