package dev.semel.cli.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How to start a server of our own.
 *
 * @param jar the server's jar
 * @param data the folder of its data
 * @param port the port, or 0 for any free one
 * @param environment what is added to this process's environment
 * @param log the file that gets its output
 */
public record ServerLaunch(ServerJar jar, Path data, int port, Map<String, String> environment, Path log) {

    private static final Set<String> FOREIGN = Set.of("SEMEL_", "SPRING_", "SERVER_", "MANAGEMENT_");

    public ServerLaunch {
        environment = Map.copyOf(environment);
    }

    Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // A database URL from the user's shell must not lead this server to the user's own database.
        builder.environment().keySet().removeIf(ServerLaunch::configuresServers);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> command() {
        return jar.command(List.of("-Xmx384m"), List.of("--port", Integer.toString(port), "--data", data.toString()));
    }

    private static boolean configuresServers(String variable) {
        return FOREIGN.stream().anyMatch(variable.toUpperCase(Locale.ROOT)::startsWith);
    }
}
