package dev.semel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds when something is killed. */
class CrashTest {
    @TempDir
    Path folder;

    @Test
    void killedJvmTakesItsServerWithItAndTheNextStartFindsTheRows() throws Exception {
        List<ProcessHandle> server;
        try (var child = ChildJvm.start(data())) {
            server = withChildren(child.postmaster());
            assertThat(server).hasSizeGreaterThan(3);
            assertThat(server.get(0))
                    .as("the postmaster; a child may end when its work is done")
                    .matches(ProcessHandle::isAlive);
            child.kill();
        }
        assertThat(Poll.until(() -> server.stream().noneMatch(ProcessHandle::isAlive), Duration.ofSeconds(20)))
                .isTrue();
        assertThat(leashes()).isEmpty();
        try (var postgres = start()) {
            assertThat(new Sql(postgres).query("select id from entry")).containsExactly("1");
        }
    }

    @Test
    void startRightAfterTheKillWaitsForTheOldServerAndGetsItsOwn() throws Exception {
        try (var child = ChildJvm.start(data())) {
            var old = child.postmaster();
            child.kill();
            assertFreshServerWithTheRow(old);
        }
    }

    @Test
    void orphanThatLivesOnIsEndedInsteadOfBeingMistakenForTheNewServer() throws Exception {
        try (var child = ChildJvm.start(data())) {
            var old = child.postmaster();
            leashes().forEach(ProcessHandle::destroyForcibly);
            child.kill();
            assertThat(ProcessHandle.of(old).filter(CrashTest::isNoZombie)).isPresent();
            assertFreshServerWithTheRow(old);
        }
    }

    @Test
    void frozenOrphanIsEndedToo() throws Exception {
        try (var child = ChildJvm.start(data())) {
            var old = child.postmaster();
            ShortCommand.signal(old, "STOP");
            child.kill();
            ShortCommand.signal(old, "STOP");
            assertFreshServerWithTheRow(old);
        }
    }

    @Test
    void frozenServerIsStoppedInGoodOrder() throws Exception {
        try (var postgres = start()) {
            ShortCommand.signal(PostmasterFile.read(cluster()).orElseThrow().pid(), "STOP");
            postgres.stop();
        }
        assertThat(cluster().resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void killedServerIsSeenAndRestartRecoversWhatWasCommitted() throws Exception {
        try (var postgres = start()) {
            new Sql(postgres).execute("create table entry (id int)");
            new Sql(postgres).execute("insert into entry values (5)");
            ShortCommand.signal(PostmasterFile.read(cluster()).orElseThrow().pid(), "KILL");
            assertThat(Poll.until(() -> !postgres.isRunning(), Duration.ofSeconds(5)))
                    .isTrue();
            postgres.restart();
            assertThat(new Sql(postgres).query("select id from entry")).containsExactly("5");
        }
    }

    @Test
    void oldPidFileThatNamesAStrangerNeitherStopsTheStartNorHarmsTheStranger() throws Exception {
        start().close();
        var stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(cluster().resolve("postmaster.pid"), stranger.pid() + "\n" + cluster() + "\n");
            start().close();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void serverOfAnotherDirectoryIsAStrangerToo() throws Exception {
        start().close();
        try (var neighbour = EmbeddedPostgres.start(
                EmbeddedPostgresConfig.builder(folder.resolve("neighbour")).build())) {
            Files.copy(
                    folder.resolve("neighbour/cluster/postmaster.pid"),
                    cluster().resolve("postmaster.pid"));
            start().close();
            assertThat(new Sql(neighbour).query("select 1")).containsExactly("1");
        }
    }

    @Test
    void jvmKilledWhileCreatingTheClusterLeavesADirectoryThatStarts() throws Exception {
        try (var child = ChildJvm.start(data())) {
            ChildJvm.awaitInitdb(data());
            child.kill();
        }
        assertThat(cluster()).doesNotExist();
        start().close();
        try (var entries = Files.list(data())) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("cluster", "connection.properties", "lock", "postgres.log");
        }
    }

    @Test
    void halfAClusterOfAnInterruptedStartIsReplaced() throws Exception {
        var half = Files.createDirectories(data().resolve("cluster.new-123/cluster/base"));
        Files.writeString(half.resolveSibling("PG_VERSION"), "18\n");
        start().close();
        assertThat(data().resolve("cluster.new-123")).doesNotExist();
    }

    @Test
    void serverIsOutOfReachOfTheTerminalsInterrupt() throws Exception {
        try (var postgres = start()) {
            assertThat(postgres.isRunning()).isTrue();
            var postmaster = PostmasterFile.read(cluster()).orElseThrow().pid();
            assertThat(group(postmaster))
                    .isNotEqualTo(group(ProcessHandle.current().pid()));
            assertThat(leashes())
                    .isNotEmpty()
                    .allSatisfy(leash -> assertThat(group(leash.pid())).isEqualTo(group(postmaster)));
        }
    }

    @Test
    void directoryIsFreeAgainAfterAStartThatFailed() {
        var broken = EmbeddedPostgresConfig.builder(data())
                .setting("shared_buffers", "nonsense")
                .build();
        assertThatThrownBy(() -> EmbeddedPostgres.start(broken)).hasMessageContaining("shared_buffers");
        assertThat(leashes()).isEmpty();
        start().close();
    }

    private void assertFreshServerWithTheRow(long old) throws Exception {
        try (var postgres = start()) {
            assertThat(ProcessHandle.of(old).filter(CrashTest::isNoZombie)).isEmpty();
            assertThat(new Sql(postgres).setting("work_mem")).isEqualTo("4MB");
            assertThat(new Sql(postgres).query("select id from entry")).containsExactly("1");
        }
    }

    private static boolean isNoZombie(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(EmbeddedPostgresConfig.builder(data()).build());
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path cluster() {
        return data().resolve("cluster");
    }

    private static List<ProcessHandle> withChildren(long pid) {
        var process = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    private List<ProcessHandle> leashes() {
        return ProcessHandle.allProcesses()
                .filter(process -> arguments(process).contains("leash")
                        && arguments(process).contains(cluster().toString()))
                .toList();
    }

    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(Arrays::asList).orElse(List.of());
    }

    private static String group(long pid) {
        return ShortCommand.output(List.of("ps", "-o", "pgid=", "-p", Long.toString(pid)))
                .orElseThrow();
    }
}
