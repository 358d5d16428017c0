package dev.semel.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.cli.server.FakeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./semel} builds, prepares and starts, with a small jar in the server's place. */
@Timeout(120)
class LauncherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Checkout checkout;

    @BeforeEach
    void checkOut() throws Exception {
        checkOutAt("checkout");
    }

    private void checkOutAt(String name) throws Exception {
        checkout = Checkout.at(folder.resolve(name));
        build("first");
        FakeServer.write(checkout.cliJar(), "cli");
    }

    @Test
    void aServerComesFromTheArchiveAndItsOutputIsItsOwn() throws Exception {
        Map<String, String> environment = Map.of(
                "SEMEL_BOOTSTRAP_TOKENS",
                "demo:owner:admin:secret",
                "semel_lower",
                "case",
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://localhost/mine",
                "SEMEL_JAVA_OPTS",
                "-Dsome=option -Xlog:class+load:file=" + folder.resolve("classes"));
        try (Launched first = server("first", environment)) {
            assertThat(first.out().lines()).hasSize(2).first().isEqualTo("token demo:owner:admin:secret");
            assertThat(first.err().lines()).hasSize(2).last().asString().startsWith("Preparing faster starts");
            assertThat(isArchived()).isTrue();
            assertThat(first.process().children()).isEmpty();
        }
        try (Launched second = server("second", environment)) {
            assertThat(second.err()).isEmpty();
            assertThat(isArchived()).isTrue();
        }
        assertThat(checkout.drafts()).isEmpty();
    }

    @Test
    void theDemoIsToldBoth() throws Exception {
        Launched demo = checkout.launch("demo", Map.of(), "demo");
        assertThat(demo.process().waitFor(60, TimeUnit.SECONDS)).isTrue();

        List<String> told = demo.out().lines().toList();
        assertThat(told).as(demo.err()).hasSize(2);
        assertThat(Path.of(told.get(0))).isEqualTo(checkout.builds().get(0).resolve("semel-server.jar"));
        assertThat(Path.of(told.get(1))).isRegularFile().hasExtension("jsa");
    }

    @Test
    void aRunningServerKeepsItsJarsThroughBuildsAndTheyGoAfterIt() throws Exception {
        Launched first = server("first", Map.of());
        Path old = checkout.builds().get(0);
        for (String next : List.of("second", "third")) {
            build(next);
            server(next, Map.of()).close();
            assertThat(old.resolve("semel-server.jar")).isRegularFile();
            assertThat(checkout.builds()).hasSize(2);
        }
        first.end();

        build("fourth");
        server("fourth", Map.of()).close();
        assertThat(old).doesNotExist();
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void aTrainingThatFailsCostsTheArchiveOnlyAndIsNotRepeated() throws Exception {
        build("fails");
        try (Launched first = server("first", logged())) {
            assertThat(first.err()).contains("Preparing").doesNotContain("Killed");
            assertThat(isArchived()).isFalse();
        }
        try (Launched second = server("second", Map.of())) {
            assertThat(second.err()).isEmpty();
        }
        assertThat(checkout.drafts()).isEmpty();
    }

    @Test
    void aLauncherKilledInTheMiddleOfTheTrainingLeavesNothingRunningAndNothingBroken() throws Exception {
        build("hangs");
        Launched killed = checkout.launch("killed", Map.of(), "server", "--data", "data");
        ProcessHandle training = killed.training();
        killed.process().destroyForcibly();
        training.onExit().get(10, TimeUnit.SECONDS);

        build("second");
        try (Launched next = server("next", logged())) {
            assertThat(next.err()).contains("Preparing");
            assertThat(isArchived()).isTrue();
        }
        assertThat(checkout.drafts()).isEmpty();
    }

    @Test
    void twoLaunchersAtOnceBothStart() throws Exception {
        Launched one = checkout.launch("one", logged(), "server", "--data", "one");
        Launched other = checkout.launch("other", Map.of(), "server", "--data", "other");
        try (one;
                other) {
            one.ready(PATIENCE);
            other.ready(PATIENCE);
            assertThat(isArchived()).isTrue();
            assertThat(checkout.builds()).hasSize(1);
        }
    }

    /** JDK 17 reads no class of such a jar from an archive. */
    @Test
    void aPathWithASpaceIsFineAndHasAnArchiveWhereTheJdkCanUseIt() throws Exception {
        checkOutAt("a checkout");
        boolean able = Runtime.version().feature() >= 25;
        try (Launched server = server("server", logged())) {
            assertThat(server.err().contains("Preparing")).isEqualTo(able);
            assertThat(isArchived()).isEqualTo(able);
            assertThat(server.process().info().arguments().orElseThrow())
                    .contains(
                            checkout.builds().get(0).resolve("semel-server.jar").toString());
        }
    }

    @Test
    void whoSwitchesArchivesOffPreparesNone() throws Exception {
        try (Launched server = server("server", Map.of("SEMEL_JAVA_OPTS", "-Xshare:off"))) {
            assertThat(server.err().lines()).hasSize(1).first().asString().startsWith("Building");
        }
    }

    private void build(String name) throws Exception {
        FakeServer.write(checkout.serverJar(), name);
    }

    private Launched server(String name, Map<String, String> environment) throws Exception {
        return checkout.launch(name, environment, "server", "--data", name).ready(PATIENCE);
    }

    private Map<String, String> logged() {
        return Map.of("SEMEL_JAVA_OPTS", "-Xlog:class+load:file=" + folder.resolve("classes"));
    }

    private boolean isArchived() throws Exception {
        return Files.readString(folder.resolve("classes"))
                .lines()
                .anyMatch(line -> line.contains("FakeServerMain source: shared objects file"));
    }
}
