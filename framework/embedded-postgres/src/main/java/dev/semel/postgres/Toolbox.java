package dev.semel.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How PostgreSQL's programs are run on this machine.
 *
 * @param home the folder of the unpacked binaries
 */
record Toolbox(Path home, PostgresIdentity identity, Leash leash) {

    static Path postgresIn(Path home) {
        return home.resolve("bin/postgres");
    }

    /** Starts {@code initdb} or {@code postgres}; it ends with this JVM, and prints to the log. */
    Process run(String program, List<String> arguments, DataDirectory directory, ServerLog log) throws IOException {
        var command =
                new ArrayList<>(identity.as(home.resolve("bin").resolve(program).toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(leash.on(command))
                .directory(directory.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file()));
        tidy(builder.environment());
        return builder.start();
    }

    /** Whether the program knows an option. */
    boolean offers(String program, String option) {
        var binary = home.resolve("bin").resolve(program).toString();
        return ShortCommand.output(identity.as(binary, "--help"))
                .filter(help -> help.contains(option))
                .isPresent();
    }

    // The result must not depend on who starts us, and from where.
    private static void tidy(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
    }
}
