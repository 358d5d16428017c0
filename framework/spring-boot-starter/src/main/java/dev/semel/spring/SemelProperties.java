package dev.semel.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code semel}.
 *
 * @param migrate whether Semel's tables are made and brought up to date at the start; without it they are only looked for
 * @param caller of who calls, for an application without a {@link CallerResolver} of its own
 * @param http of the gates
 * @param relay of the delivery of events
 * @param maintenance of the recurring jobs
 * @param audit of the audit log
 * @param failpoints for rehearsals
 * @param coalescing of operations whose calls share transactions
 */
@ConfigurationProperties("semel")
public record SemelProperties(
        @DefaultValue("true") boolean migrate,
        @DefaultValue Caller caller,
        @DefaultValue Http http,
        @DefaultValue Relay relay,
        @DefaultValue Maintenance maintenance,
        @DefaultValue Audit audit,
        @DefaultValue Failpoints failpoints,
        @DefaultValue Coalescing coalescing) {
    /**
     * Settings of the operations that are declared {@code coalesced}.
     *
     * @param transactionsPerTenant how many shared transactions run at once for one tenant; twice as many while it has no more
     *     calls than that
     * @param transactions how many run at once for all tenants; each takes a connection of the pool
     * @param batchSize how many calls share one at most; with 1 nothing is shared
     * @param patience how long one runs until another may run beside it
     * @param longestWait for a transaction; then the answer is 503 and nothing was written
     */
    public record Coalescing(
            @DefaultValue("2") int transactionsPerTenant,
            @DefaultValue("6") int transactions,
            @DefaultValue("50") int batchSize,
            @DefaultValue("250ms") Duration patience,
            @DefaultValue("10s") Duration longestWait) {
        /** @throws IllegalArgumentException as {@link dev.semel.Coalescing} */
        public Coalescing {
            var unused =
                    new dev.semel.Coalescing(transactionsPerTenant, transactions, batchSize, patience, longestWait);
        }

        /** As the engine takes them. */
        public dev.semel.Coalescing limits() {
            return new dev.semel.Coalescing(transactionsPerTenant, transactions, batchSize, patience, longestWait);
        }
    }

    /**
     * Settings of who calls. An application with a {@link CallerResolver} bean takes no notice of them.
     *
     * @param tenant the one tenant of an application that has no other: whom the container or Spring Security has authenticated is a
     *     user of it, by the principal's name; nobody else is let in
     * @param development {@code tenant:user}, who is taken for a caller from this machine that has no credential; warned of at the
     *     start, and refused with the profile {@code prod} or {@code production}
     */
    public record Caller(@Nullable String tenant, @Nullable String development) {}

    /**
     * Settings of the failpoints, for tests and rehearsals.
     *
     * @param enabled whether this process may be made to fail; refused with the profile {@code prod} or {@code production}
     * @param armed what is armed at the start, by the failpoint's name: {@code throw}, {@code kill}, {@code drop-connection} or
     *     {@code delay:500ms}, each for one hit; {@code @3} behind it means the third. A name with dots stands in brackets
     */
    public record Failpoints(
            @DefaultValue("false") boolean enabled,
            @DefaultValue Map<String, String> armed) {}

    /**
     * Settings of the recurring jobs.
     *
     * @param enabled whether this process runs them; each runs on one node at a time
     */
    public record Maintenance(@DefaultValue("true") boolean enabled) {}

    /**
     * Settings of the audit log.
     *
     * @param archiveFolder where old months are exported to, one that all nodes share; null for no export, and then nothing is
     *     detached or removed either
     * @param hot how long a month stays in the log after it has ended
     * @param kept how long a detached month is kept after it has ended
     * @param removeFiles whether a month's export is removed with it
     */
    public record Audit(
            @Nullable Path archiveFolder,
            @DefaultValue("90d") Duration hot,
            @DefaultValue("2557d") Duration kept,
            @DefaultValue("false") boolean removeFiles) {}

    /**
     * Settings of the relay.
     *
     * @param enabled whether this process delivers events
     * @param pollInterval the longest time that a committed event waits unseen
     * @param notifyOthers whether processes on one database tell each other of commits, on one connection each
     * @param workers how many tenants are served at the same time; each worker needs a connection
     */
    public record Relay(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1s") Duration pollInterval,
            @DefaultValue("true") boolean notifyOthers,
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
     * @param maxRawBodySize the largest body of a route that takes a {@link RawBody}; it is held in memory
     */
    public record Http(
            @DefaultValue("409") int keyReusedStatus,
            @DefaultValue("1MB") DataSize maxBodySize,
            @DefaultValue("10MB") DataSize maxRawBodySize) {
        /** @throws IllegalArgumentException unless the status is 409 or 422 */
        public Http {
            if (keyReusedStatus != 409 && keyReusedStatus != 422) {
                throw new IllegalArgumentException("semel.http.key-reused-status must be 409 or 422");
            }
        }
    }
}
