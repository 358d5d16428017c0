package dev.semel.cli.server;

import dev.semel.cli.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The server's executable jar, named by the system property {@value #PROPERTY}.
 *
 * @param archive the classes that the JVM kept of a run of this jar; one that does not fit is ignored
 */
public record ServerJar(Path path, Optional<Path> archive) {

    /** The launcher script sets this property. */
    public static final String PROPERTY = "semel.server.jar";

    private static final String ARCHIVE = "semel.server.archive";

    /**
     * Finds the jar through the system property, and its archive through another one that may be absent or empty.
     *
     * @throws CliException if the property is absent or names no file
     */
    public static ServerJar located() {
        String property = System.getProperty(PROPERTY);
        if (property == null) {
            throw new CliException("Where is the server's jar? Start with ./semel, or set -D" + PROPERTY + "=FILE");
        }
        Path path = Path.of(property);
        if (!Files.isRegularFile(path)) {
            throw new CliException("The server's jar does not exist: " + path.toAbsolutePath());
        }
        return new ServerJar(
                path,
                Optional.ofNullable(System.getProperty(ARCHIVE))
                        .filter(file -> !file.isEmpty())
                        .map(Path::of));
    }

    /** The command that runs the jar on the Java this process runs on. */
    public List<String> command(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Of an archive that does not fit, nothing may be said on the server's standard output.
        archive.ifPresent(file -> command.addAll(List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off")));
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(path.toString());
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
