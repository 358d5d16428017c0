package dev.semel.postgres;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The settings of one start, as arguments. */
final class ServerSettings {
    private static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes");
    private static final Map<String, String> DEFAULTS = Map.of("timezone", "UTC", "log_timezone", "UTC");

    private ServerSettings() {}

    static List<String> arguments(EmbeddedPostgresConfig config, int port) {
        return settings(config, port).entrySet().stream()
                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()))
                .toList();
    }

    private static Map<String, String> settings(EmbeddedPostgresConfig config, int port) {
        var settings = new TreeMap<>(DEFAULTS);
        DURABILITY.forEach(name -> settings.put(name, config.ephemeral() ? "off" : "on"));
        settings.putAll(config.settings());
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("logging_collector", "off");
        settings.put("port", Integer.toString(port));
        return settings;
    }
}
