package dev.semel.bench.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a figure depends on: the machine, the versions, the database's settings. */
public final class Setting {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final List<String> SETTINGS = List.of(
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "shared_buffers",
            "max_wal_size",
            "wal_compression",
            "max_connections",
            "jit");

    private Setting() {}

    /** Of this process and machine. */
    public static Map<String, String> ofMachine() {
        Map<String, String> setting = new LinkedHashMap<>();
        setting.put("processor", processor());
        setting.put(
                "cores",
                Runtime.getRuntime().availableProcessors()
                        + ", shared by PostgreSQL, the callers and whatever else runs");
        setting.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        setting.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        return setting;
    }

    /** Of the database too. */
    public static Map<String, String> of(BenchDatabase database) {
        Map<String, String> setting = ofMachine();
        setting.put("PostgreSQL", database.text("SHOW server_version"));
        SETTINGS.forEach(name -> setting.put(name, database.text("SHOW " + name)));
        return setting;
    }

    private static String processor() {
        if (!Files.isReadable(CPUS)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(CPUS, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
