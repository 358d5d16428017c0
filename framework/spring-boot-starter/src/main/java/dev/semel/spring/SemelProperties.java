package dev.semel.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code semel}.
 *
 * @param http of the gates
 * @param relay of the delivery of events
 * @param maintenance of the recurring jobs
 */
@ConfigurationProperties("semel")
public record SemelProperties(
        @DefaultValue Http http,
        @DefaultValue Relay relay,
        @DefaultValue Maintenance maintenance) {
    /**
     * Settings of the recurring jobs.
     *
     * @param enabled whether this process runs them; each runs on one node at a time
     */
    public record Maintenance(@DefaultValue("true") boolean enabled) {}

    /**
     * Settings of the relay.
     *
     * @param enabled whether this process delivers events
     * @param pollInterval the longest time that a committed event waits unseen
     * @param workers how many tenants are served at the same time; each worker needs a connection
     */
    public record Relay(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1s") Duration pollInterval,
            @DefaultValue("2") int workers) {
        /** @throws IllegalArgumentException unless the interval is at least 10 ms and there are 1 to 64 workers */
        public Relay {
            if (pollInterval.toMillis() < 10) {
                throw new IllegalArgumentException("semel.relay.poll-interval must be at least 10ms");
            }
            if (workers < 1 || workers > 64) {
                throw new IllegalArgumentException("semel.relay.workers must be between 1 and 64");
            }
        }
    }

    /**
     * Settings of the gates.
     *
     * @param keyReusedStatus the status for a key that is reused with another payload: 409, or 422 as in the IETF draft
     * @param maxBodySize the largest request body that a gate takes
     */
    public record Http(
            @DefaultValue("409") int keyReusedStatus,
            @DefaultValue("1MB") DataSize maxBodySize) {
        /** @throws IllegalArgumentException unless the status is 409 or 422 */
        public Http {
            if (keyReusedStatus != 409 && keyReusedStatus != 422) {
                throw new IllegalArgumentException("semel.http.key-reused-status must be 409 or 422");
            }
        }
    }
}
