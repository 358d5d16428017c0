package dev.semel.maven.internal;

import dev.semel.maven.Project;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The SQL files of a project: all in its own directories, those under {@code db/} in the jars of its class path. */
final class Migrations {
    private final List<String> texts = new ArrayList<>();

    private Migrations() {}

    static List<String> texts(Project project) throws IOException {
        Migrations migrations = new Migrations();
        try {
            project.classes().forEach(directory -> migrations.readDirectory(directory));
            for (Path entry : project.classpath()) {
                if (Files.isDirectory(entry)) {
                    migrations.readDirectory(entry.resolve("db"));
                } else if (Files.isRegularFile(entry) && entry.toString().endsWith(".jar")) {
                    migrations.readJar(entry);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return migrations.texts;
    }

    private void readDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sql")).toList()) {
                texts.add(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readJar(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            List<JarEntry> entries = jar.stream()
                    .filter(entry ->
                            entry.getName().startsWith("db/") && entry.getName().endsWith(".sql"))
                    .toList();
            for (JarEntry entry : entries) {
                try (InputStream bytes = jar.getInputStream(entry)) {
                    texts.add(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }
}
