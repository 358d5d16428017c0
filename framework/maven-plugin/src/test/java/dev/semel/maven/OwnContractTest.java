package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This repository keeps the contract itself: every module of the root pom that has main classes. They cannot use the goal, which is
 * built after them. A changed manifest is accepted as elsewhere, by {@code -Dsemel.manifest.update}.
 */
class OwnContractTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /** The plugin itself, and the bench, which serves nobody and writes by hand what it compares with. */
    private static final Set<String> APART = Set.of("framework/maven-plugin", "bench");

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    @ParameterizedTest
    @MethodSource("modulesWithOperations")
    void moduleWithOperationsKeepsTheContractAndItsManifest(String module) throws IOException {
        Report report = Verifier.verify(project(List.of(module)));
        Path manifest = ROOT.resolve(module).resolve("semel-operations.json");
        if (Boolean.getBoolean("semel.manifest.update") || "".equals(System.getProperty("semel.manifest.update"))) {
            update(manifest, report);
        }
        String reviewed = Files.exists(manifest) ? Files.readString(manifest) : "";
        assertKept(report.comparedWith(new Report.Reviewed(module + "/semel-operations.json", reviewed)));
        assertThat(report.manifest()).contains("\"name\"", "\"routes\" : [ \"");
    }

    private static void update(Path manifest, Report report) throws IOException {
        assertThat(System.getenv("CI"))
                .as("a manifest is accepted by a person, and committed")
                .isNull();
        Files.writeString(manifest, report.manifest());
    }

    @Test
    void modulesWithoutOperationsKeepTheContractTogether() throws IOException {
        List<String> others = new ArrayList<>(modules());
        others.removeAll(modulesWithOperations());
        assertThat(others).contains("framework/core", "framework/spring-boot-starter");
        assertKept(Verifier.verify(project(others)));
    }

    @Test
    void wholeRepositoryIsReadInFiveSeconds() throws IOException {
        long start = System.nanoTime();
        assertKept(Verifier.verify(project(modules())));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static void assertKept(Report report) {
        assertThat(report.violations()).as(report.text()).isEmpty();
    }

    private static List<String> modulesWithOperations() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : modules()) {
            if (Verifier.verify(project(List.of(module))).manifest().contains("\"name\"")) {
                found.add(module);
            }
        }
        return found;
    }

    private static List<String> modules() throws IOException {
        return MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .filter(module -> !APART.contains(module)
                        && Files.isDirectory(ROOT.resolve(module).resolve("src/main/java")))
                .toList();
    }

    private static Project project(List<String> modules) {
        assertThat(directories(modules, "target/classes"))
                .as("compiled in the same build")
                .allMatch(Files::isDirectory);
        return new Project(
                ROOT,
                directories(modules, "target/classes"),
                directories(modules, "target/test-classes"),
                directories(modules, "src/main/java"),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(path -> path.toString().endsWith(".jar"))
                        .toList(),
                List.of());
    }

    private static List<Path> directories(List<String> modules, String directory) {
        return modules.stream()
                .map(module -> ROOT.resolve(module).resolve(directory))
                .toList();
    }
}
