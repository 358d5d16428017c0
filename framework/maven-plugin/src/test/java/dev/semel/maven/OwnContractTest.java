package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * This repository keeps the contract itself. Its modules cannot use the goal, which is built after them. A changed manifest is
 * accepted as elsewhere, by {@code -Dsemel.manifest.update}.
 */
class OwnContractTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @ParameterizedTest
    @ValueSource(strings = {"services/books", "server"})
    void moduleWithOperationsKeepsTheContractAndItsManifest(String module) throws IOException {
        Report report = Verifier.verify(project(List.of(module)));
        Path manifest = ROOT.resolve(module).resolve("semel-operations.json");
        if (Boolean.getBoolean("semel.manifest.update") || "".equals(System.getProperty("semel.manifest.update"))) {
            Files.writeString(manifest, report.manifest());
        }
        String reviewed = Files.exists(manifest) ? Files.readString(manifest) : "";
        assertKept(report.comparedWith(new Report.Reviewed(module + "/semel-operations.json", reviewed)));
        assertThat(report.manifest()).contains("\"name\"", "\"routes\" : [ \"");
    }

    @Test
    void frameworkKeepsTheContract() throws IOException {
        assertKept(Verifier.verify(project(framework())));
    }

    @Test
    void wholeRepositoryIsReadInFiveSeconds() throws IOException {
        List<String> modules = new ArrayList<>(framework());
        modules.addAll(List.of("services/books", "server"));
        long start = System.nanoTime();
        assertKept(Verifier.verify(project(modules)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static void assertKept(Report report) {
        assertThat(report.violations()).as(report.text()).isEmpty();
    }

    private static List<String> framework() {
        return List.of("framework/core", "framework/jackson", "framework/testkit", "framework/spring-boot-starter");
    }

    private static Project project(List<String> modules) {
        assertThat(ROOT.resolve(modules.get(0)).resolve("target/classes"))
                .as("compiled in the same build")
                .isDirectory();
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
