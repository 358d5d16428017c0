package dev.semel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class BinariesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/outside", "a/../../outside", "a/b/../../../outside"})
    void entryThatClimbsOutIsRefused(String name) throws Exception {
        var archive = archive(file(name));
        assertThatThrownBy(() -> archive.unpack(target()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads out of the archive");
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../..", "/etc", "a/../..", "../lib/x"})
    void linkThatLeavesItsFolderIsRefused(String goal) throws Exception {
        var link = new TarArchiveEntry("lib/link", TarConstants.LF_SYMLINK);
        link.setLinkName(goal);
        var archive = archive(link);
        assertThatThrownBy(() -> archive.unpack(target())).hasMessageContaining("leads out of its folder");
    }

    @Test
    void hardLinksAndDevicesAreRefused() throws Exception {
        var link = new TarArchiveEntry("lib/link", TarConstants.LF_LINK);
        link.setLinkName("/etc/passwd");
        var archive = archive(link);
        assertThatThrownBy(() -> archive.unpack(target())).hasMessageContaining("unexpected kind");
    }

    @Test
    void filesLinksAndExecutableBitsAreUnpacked() throws Exception {
        var program = file("bin/program");
        program.setMode(0755);
        var link = new TarArchiveEntry("bin/alias", TarConstants.LF_SYMLINK);
        link.setLinkName("program");
        archive(program, link, file("share/text")).unpack(target());
        assertThat(target().resolve("bin/alias")).isExecutable().hasContent("bin/program");
        assertThat(Files.isExecutable(target().resolve("share/text"))).isFalse();
    }

    @Test
    void processesThatUnpackAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        var cache = folder.resolve("cache");
        Callable<Path> unpack = () -> cache(cache).home(PostgresIdentity.choose());
        var threads = Executors.newFixedThreadPool(3);
        try {
            var homes = new ArrayList<Path>();
            for (var home : threads.invokeAll(List.of(unpack, unpack, unpack))) {
                homes.add(home.get());
            }
            assertThat(homes).hasSize(3).containsOnly(homes.get(0));
            assertThat(cache.toFile().list())
                    .containsExactly(homes.get(0).getFileName().toString());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void interruptedUnpackingIsNotMistakenForAWholeOne() throws Exception {
        var cache = folder.resolve("cache");
        var half = Files.createDirectories(cache.resolve(".unpacking-1/postgres/bin"));
        Files.writeString(half.resolve("postgres"), "half");
        var home = cache(cache).home(PostgresIdentity.choose());
        assertThat(home.resolve("bin/initdb")).isExecutable();
        assertThat(home.resolve("share/postgresql/postgres.bki")).exists();
    }

    @Test
    void unusableCacheIsReplacedByTheNextPlace() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "not a folder");
        var home = cache(file.resolve("cache"), folder.resolve("second")).home(PostgresIdentity.choose());
        assertThat(home).startsWith(folder.resolve("second"));
    }

    @Test
    void noUsablePlaceIsSaidClearly() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> cache(file.resolve("cache")).home(PostgresIdentity.choose()))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("could not be unpacked")
                .hasMessageContaining("XDG_CACHE_HOME");
    }

    private static BinaryCache cache(Path... roots) {
        return new BinaryCache(BinaryArchive.forThisMachine(), List.of(roots));
    }

    private Path target() throws IOException {
        return Files.createDirectories(folder.resolve("target"));
    }

    private static TarArchiveEntry file(String name) {
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(name.length());
        return entry;
    }

    private BinaryArchive archive(TarArchiveEntry... entries) throws IOException {
        var path = folder.resolve("archive.txz");
        try (var tar =
                new TarArchiveOutputStream(new XZOutputStream(Files.newOutputStream(path), new LZMA2Options()))) {
            for (var entry : entries) {
                tar.putArchiveEntry(entry);
                if (entry.getSize() > 0) {
                    tar.write(entry.getName().getBytes(StandardCharsets.UTF_8));
                }
                tar.closeArchiveEntry();
            }
        }
        return new BinaryArchive(path.toUri().toURL());
    }
}
