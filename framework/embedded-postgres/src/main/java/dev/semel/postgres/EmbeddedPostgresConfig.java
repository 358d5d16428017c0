package dev.semel.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What to start and where. Immutable; no component is null. {@link #builder(Path)} and {@link #ephemeralBuilder()} are the
 * convenient ways to one.
 *
 * @param dataDirectory where everything lives that must survive: the cluster, its log, the generated password. Created
 *     when missing. Absolute
 * @param port the port on 127.0.0.1, or 0 for a free one, chosen anew at each {@link EmbeddedPostgres#start}
 * @param settings server settings by lower-case name; they win over this library's defaults and over
 *     {@code postgresql.conf}. Sorted, unmodifiable
 * @param ephemeral whether the data is worth nothing: no flushing to disk, and the data directory, which must not exist
 *     or be empty at the start, is deleted on {@link EmbeddedPostgres#close()}
 * @param startTimeout how long a start may take until connections are accepted; creating the cluster has its own, fixed limit
 */
public record EmbeddedPostgresConfig(
        Path dataDirectory, int port, Map<String, String> settings, boolean ephemeral, Duration startTimeout) {

    private static final Set<String> RESERVED = Set.of(
            "port",
            "listen_addresses",
            "unix_socket_directories",
            "data_directory",
            "config_file",
            "hba_file",
            "ident_file",
            "external_pid_file",
            "logging_collector");

    /**
     * @throws IllegalArgumentException if the port is out of range, the time-out not positive, or a setting is not a name, has a value
     *     that cannot be handed over, or is one that this library decides
     * @throws NullPointerException if a component is null
     */
    public EmbeddedPostgresConfig {
        require(port >= 0 && port <= 65535, "port must be within 0..65535, not " + port);
        require(startTimeout.compareTo(Duration.ZERO) > 0, "startTimeout must be positive");
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        settings = checked(settings);
    }

    /**
     * A lasting, durable server.
     *
     * @param dataDirectory where the data lives; created when missing
     */
    public static EmbeddedPostgresConfigBuilder builder(Path dataDirectory) {
        return new EmbeddedPostgresConfigBuilder(dataDirectory, false);
    }

    /**
     * A server to throw away, for tests: in a new folder below the system's temporary one, much faster, and all gone at
     * {@link EmbeddedPostgres#close()}. What a killed JVM leaves behind there is left to the system's tidying.
     */
    public static EmbeddedPostgresConfigBuilder ephemeralBuilder() {
        var folder = Path.of(System.getProperty("java.io.tmpdir"), "semel-postgres-" + UUID.randomUUID());
        return new EmbeddedPostgresConfigBuilder(folder, true);
    }

    private static Map<String, String> checked(Map<String, String> settings) {
        var sorted = new TreeMap<String, String>();
        settings.forEach((name, value) -> sorted.put(checkedName(name), checkedValue(name, value)));
        return Collections.unmodifiableMap(sorted);
    }

    private static String checkedName(String name) {
        require(name.matches("[a-z_][a-z0-9_.]*"), "not the name of a setting, in lower case: " + name);
        require(!RESERVED.contains(name), "this setting is not yours to choose: " + name);
        return name;
    }

    private static String checkedValue(String name, String value) {
        require(value.indexOf('\0') < 0, "the value contains a NUL character: " + name);
        return value;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
