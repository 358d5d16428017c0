package dev.semel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tries, as root, all that root may become; as an ordinary user there is one identity only. */
class PostgresIdentityTest {
    private final List<PostgresIdentity> identities = identities();
    private Path folder;

    @BeforeEach
    void createFolderOpenToAll() throws Exception {
        folder = Files.createTempDirectory("semel-identity");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void deleteFolder() throws Exception {
        FileTrees.delete(folder);
    }

    @Test
    void rootNeverRunsPostgresAsRoot() {
        var identity = PostgresIdentity.choose();
        assertThat(ShortCommand.output(identity.as("id", "-u")))
                .isPresent()
                .get()
                .isNotEqualTo("0");
    }

    @Test
    void everyIdentityThatWorksHereServesTheDataOfEveryOther() throws Exception {
        var config = EmbeddedPostgresConfig.builder(folder.resolve("data")).build();
        for (var identity :
                Stream.concat(identities.stream(), identities.stream()).toList()) {
            try (var postgres = EmbeddedPostgres.start(config, identity)) {
                new Sql(postgres).execute("create table if not exists entry (id int)");
                new Sql(postgres).execute("insert into entry values (1)");
            }
        }
        try (var postgres = EmbeddedPostgres.start(config)) {
            assertThat(new Sql(postgres).query("select id from entry")).hasSize(2 * identities.size());
        }
    }

    @Test
    void folderThatNobodyCanPassIsNamed() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var config = EmbeddedPostgresConfig.builder(folder.resolve("deep/data")).build();
        for (var identity : identities) {
            if (identity.equals(PostgresIdentity.NOBODY)) {
                assertThatThrownBy(() -> EmbeddedPostgres.start(config, identity))
                        .hasMessageContaining("cannot pass " + folder.toRealPath() + ".");
            } else {
                EmbeddedPostgres.start(config, identity).close();
            }
        }
    }

    private static List<PostgresIdentity> identities() {
        return PostgresIdentity.isRoot()
                ? Stream.of(PostgresIdentity.UNMAPPED_ROOT, PostgresIdentity.NOBODY)
                        .filter(PostgresIdentity::works)
                        .toList()
                : List.of(PostgresIdentity.SAME_USER);
    }
}
