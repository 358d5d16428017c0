package dev.semel.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code semel}.
 *
 * @param http of the gates
 */
@ConfigurationProperties("semel")
public record SemelProperties(@DefaultValue Http http) {
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
