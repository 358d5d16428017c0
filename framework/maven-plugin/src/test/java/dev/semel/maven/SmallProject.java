package dev.semel.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A project of a few lines, compiled on the spot against the test's own class path. */
final class SmallProject {
    private static final String HEAD = """
            package shop;
            import dev.semel.*;
            import dev.semel.spring.*;
            import dev.semel.testkit.*;
            import org.springframework.web.bind.annotation.*;
            """;

    private final Path directory;
    private final List<String> outgoing = new ArrayList<>();

    SmallProject(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("src/shop"));
        Files.createDirectories(directory.resolve("test/shop"));
    }

    SmallProject main(String name, String body) throws IOException {
        Files.writeString(directory.resolve("src/shop/" + name + ".java"), HEAD + body);
        return this;
    }

    /** A class that the test's own class path does not have. */
    SmallProject library(String name, String body) throws IOException {
        Path file = directory.resolve("src/" + name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package " + name.substring(0, name.lastIndexOf('.')) + ";\n" + body);
        return this;
    }

    SmallProject test(String name, String body) throws IOException {
        Files.writeString(directory.resolve("test/shop/" + name + ".java"), HEAD + body);
        return this;
    }

    SmallProject migration(String sql) throws IOException {
        Path file = directory.resolve("classes/db/V1__shop.sql");
        Files.createDirectories(file.getParent());
        Files.writeString(file, sql);
        return this;
    }

    SmallProject outgoing(String pattern) {
        outgoing.add(pattern);
        return this;
    }

    Report verify() throws IOException {
        compile("src", "classes", System.getProperty("java.class.path"));
        compile(
                "test",
                "test-classes",
                directory.resolve("classes") + java.io.File.pathSeparator + System.getProperty("java.class.path"));
        return Verifier.verify(new Project(
                directory,
                List.of(directory.resolve("classes")),
                List.of(directory.resolve("test-classes")),
                List.of(directory.resolve("src")),
                Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                        .map(Path::of)
                        .filter(path -> path.toString().endsWith(".jar"))
                        .toList(),
                outgoing));
    }

    Map<Code, Long> codes() throws IOException {
        return verify().violations().stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        Violation::code, java.util.TreeMap::new, java.util.stream.Collectors.counting()));
    }

    private void compile(String from, String to, String classpath) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp", classpath, "-d"));
        arguments.add(Files.createDirectories(directory.resolve(to)).toString());
        try (Stream<Path> files = Files.walk(directory.resolve(from))) {
            files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
        }
        if (arguments.size() > 6
                && ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new AssertionError("the small project does not compile");
        }
    }
}
