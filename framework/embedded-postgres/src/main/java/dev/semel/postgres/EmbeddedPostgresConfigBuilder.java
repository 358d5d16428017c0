package dev.semel.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Builds an {@link EmbeddedPostgresConfig}. Not thread-safe. No argument may be null. */
public final class EmbeddedPostgresConfigBuilder {
    private final Path dataDirectory;
    private final boolean ephemeral;
    private final Map<String, String> settings = new TreeMap<>();
    private int port;
    private Duration startTimeout = Duration.ofSeconds(30);

    EmbeddedPostgresConfigBuilder(Path dataDirectory, boolean ephemeral) {
        this.dataDirectory = Objects.requireNonNull(dataDirectory, "dataDirectory");
        this.ephemeral = ephemeral;
    }

    /**
     * Default: 0.
     *
     * @param port the port on 127.0.0.1; 0 for a free one. A data directory may be started with another port each time
     */
    public EmbeddedPostgresConfigBuilder port(int port) {
        this.port = port;
        return this;
    }

    /**
     * Sets one server setting, such as {@code max_connections}. Default: PostgreSQL's own, time zone UTC, and whatever makes a
     * commit durable ({@code fsync}, {@code synchronous_commit}, {@code full_page_writes}) on, or off if ephemeral.
     *
     * @param name the name in lower case; not one that decides about port, interface or file places
     * @param value the value as in {@code postgresql.conf}, without quotes
     */
    public EmbeddedPostgresConfigBuilder setting(String name, String value) {
        settings.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Default: 30 seconds. A server that was killed in the middle of much work replays that work first and may need longer.
     *
     * @param startTimeout how long to wait until connections are accepted; positive
     */
    public EmbeddedPostgresConfigBuilder startTimeout(Duration startTimeout) {
        this.startTimeout = Objects.requireNonNull(startTimeout, "startTimeout");
        return this;
    }

    /**
     * The immutable result; the builder can be used further.
     *
     * @throws IllegalArgumentException if a value is out of range, see {@link EmbeddedPostgresConfig}
     */
    public EmbeddedPostgresConfig build() {
        return new EmbeddedPostgresConfig(dataDirectory, port, settings, ephemeral, startTimeout);
    }
}
