package dev.semel.cli.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A checkout with the real launcher, whose build only copies jars that are there. */
final class Checkout {
    private static final List<String> SOURCES = List.of("pom.xml", ".mvn", "framework", "services", "server", "cli");

    private final Path home;

    private Checkout(Path home) {
        this.home = home;
    }

    static Checkout at(Path home) throws IOException {
        for (String name : SOURCES) {
            Files.createDirectories(home.resolve(name));
        }
        Files.copy(Path.of(System.getProperty("semel.launcher")), home.resolve("semel"));
        Path build = Files.writeString(home.resolve("mvnw"), """
                #!/bin/sh
                mkdir -p server/target cli/target
                cp server/built.jar server/target/semel-server.jar
                cp cli/built.jar cli/target/semel-cli.jar
                """);
        Files.setPosixFilePermissions(build, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Checkout(home);
    }

    /** What the next build gives. */
    Path serverJar() {
        return home.resolve("server/built.jar");
    }

    /** What the next build gives. */
    Path cliJar() {
        return home.resolve("cli/built.jar");
    }

    /** The folders of builds that are still there. */
    List<Path> builds() {
        return unpacked(name -> !name.contains("."));
    }

    /** What a launcher that was killed may leave. */
    List<Path> drafts() {
        return unpacked(name -> name.startsWith("draft.") || name.startsWith("training."));
    }

    private List<Path> unpacked(Predicate<String> name) {
        try (Stream<Path> files = Files.list(home.resolve("target/dist/unpacked"))) {
            return files.filter(Files::isDirectory)
                    .filter(file -> name.test(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts {@code ./semel}; its output goes to the files {@code name.out} and {@code name.err} beside the checkout. */
    Launched launch(String name, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", home.resolve("semel").toString()));
        command.addAll(List.of(arguments));
        Path out = home.resolveSibling(name + ".out");
        Path err = home.resolveSibling(name + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("SEMEL_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Launched(builder.start(), out, err);
    }
}
