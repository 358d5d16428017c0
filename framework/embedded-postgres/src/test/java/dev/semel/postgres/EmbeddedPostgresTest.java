package dev.semel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    @Test
    void keepsRowsFromOneStartToTheNextOnAnotherPort() throws Exception {
        try (var first = start()) {
            new Sql(first).execute("create table entry (id int)");
            new Sql(first).execute("insert into entry values (7)");
        }
        var otherPort = Ports.free();
        try (var second = EmbeddedPostgres.start(config().port(otherPort).build())) {
            assertThat(second.port()).isEqualTo(otherPort);
            assertThat(new Sql(second).query("select id from entry")).containsExactly("7");
        }
    }

    @Test
    void settingsAreDurableInUtcAndUnicodeWhateverTheUserSetBesides() throws Exception {
        try (var postgres =
                EmbeddedPostgres.start(config().setting("max_connections", "17").build())) {
            var sql = new Sql(postgres);
            assertThat(sql.setting("fsync")).isEqualTo("on");
            assertThat(sql.setting("synchronous_commit")).isEqualTo("on");
            assertThat(sql.setting("full_page_writes")).isEqualTo("on");
            assertThat(sql.setting("max_connections")).isEqualTo("17");
            assertThat(sql.setting("log_timezone")).isEqualTo("UTC");
            assertThat(folder.resolve("data/cluster/postmaster.opts")).content().contains("\"timezone=UTC\"");
            assertThat(sql.setting("server_encoding")).isEqualTo("UTF8");
            assertThat(sql.query("select upper('é')")).containsExactly("É");
            assertThat(
                            sql.query(
                                    "select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'postgres'"))
                    .containsExactly("b C.UTF-8");
        }
    }

    @Test
    void wrongPasswordAndNoPasswordAreRefused() {
        try (var postgres = start()) {
            var url = postgres.superuser().jdbcUrl();
            assertThatThrownBy(() -> new Sql(new PostgresConnection(url, "postgres", "wrong")).connect())
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("28P01");
            assertThatThrownBy(() -> new Sql(new PostgresConnection(url, "postgres", "")).connect())
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void everyRuleOfAccessAsksForAScramPassword() throws Exception {
        try (var postgres = start()) {
            assertThat(new Sql(postgres).query("select distinct auth_method from pg_hba_file_rules"))
                    .containsExactly("scram-sha-256");
            assertThat(new Sql(postgres).query("select left(rolpassword, 13) from pg_authid where rolcanlogin"))
                    .containsExactly("SCRAM-SHA-256");
        }
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws Exception {
        try (var postgres = start()) {
            assertThat(new Sql(postgres).setting("listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(new Sql(postgres).setting("unix_socket_directories")).isEmpty();
            var others = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.getHostAddress().equals("127.0.0.1"));
            assertThat(others).allSatisfy(address -> assertRefused(address, postgres.port()));
        }
    }

    private static void assertRefused(InetAddress address, int port) {
        assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
    }

    @Test
    void connectionFileIsReadableForItsOwnerOnlyAndFollowsThePort() throws Exception {
        try (var postgres = start()) {
            assertThat(connectionFile()).isEqualTo(postgres.superuser());
        }
        try (var postgres = start()) {
            assertThat(connectionFile()).isEqualTo(postgres.superuser());
            assertThat(mode("connection.properties")).isEqualTo("rw-------");
            assertThat(mode("postgres.log")).isEqualTo("rw-------");
        }
    }

    @Test
    void passwordIsLongAndInNoTextAboutTheConnectionAndInNoOtherFile() throws Exception {
        try (var postgres = start()) {
            var password = postgres.superuser().password();
            assertThat(password).hasSize(43);
            assertThat(postgres.superuser().toString()).doesNotContain(password);
            try (var files = Files.list(folder.resolve("data"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("cluster", "connection.properties", "lock", "postgres.log");
            }
            assertThat(folder.resolve("data/postgres.log")).content().doesNotContain(password);
        }
    }

    @Test
    void secondStartOnTheSameDirectoryIsRefusedAtOnceAndHarmsNobody() throws Exception {
        try (var first = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("in use by this JVM");
            try (var other = ChildJvm.start(folder.resolve("data"))) {
                assertThat(other.report())
                        .startsWith("failed")
                        .contains("in use by the process with pid "
                                + ProcessHandle.current().pid());
            }
            assertThat(new Sql(first).query("select 1")).containsExactly("1");
        }
        start().close();
    }

    @Test
    void stopAndRestartKeepPortAndData() throws Exception {
        try (var postgres = start()) {
            new Sql(postgres).execute("create table entry (id int)");
            postgres.stop();
            assertThat(postgres.isRunning()).isFalse();
            assertThatThrownBy(() -> new Sql(postgres).connect()).isInstanceOf(SQLException.class);
            postgres.restart();
            assertThat(postgres.isRunning()).isTrue();
            assertThat(new Sql(postgres).query("select id from entry")).isEmpty();
            postgres.restart();
            assertThat(new Sql(postgres).query("select id from entry")).isEmpty();
        }
    }

    @Test
    void stopEndsOpenTransactionsInsteadOfWaitingForThem() throws Exception {
        try (var postgres = start();
                var connection = new Sql(postgres).connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("create table entry (id int)");
            var begin = System.nanoTime();
            postgres.restart();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
            assertThat(new Sql(postgres).query("select to_regclass('entry')")).containsOnlyNulls();
        }
    }

    @Test
    void stopWorksOnAnInterruptedThreadAndKeepsTheFlag() {
        try (var postgres = start()) {
            Thread.currentThread().interrupt();
            postgres.stop();
            assertThat(postgres.isRunning()).isFalse();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void closeIsIdempotentAndFinal() {
        var postgres = start();
        postgres.close();
        postgres.close();
        assertThat(postgres.isRunning()).isFalse();
        assertThatThrownBy(postgres::restart).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ephemeralServerDeletesItsFolder() throws Exception {
        var config = EmbeddedPostgresConfig.ephemeralBuilder().build();
        try (var postgres = EmbeddedPostgres.start(config)) {
            assertThat(new Sql(postgres).setting("fsync")).isEqualTo("off");
            assertThat(config.dataDirectory()).isDirectory();
        }
        assertThat(config.dataDirectory()).doesNotExist();
    }

    @Test
    void ephemeralServerNeverTakesAFolderThatHoldsSomething() throws Exception {
        var precious = Files.writeString(folder.resolve("thesis.txt"), "all of it");
        var config = new EmbeddedPostgresConfig(folder, 0, Map.of(), true, Duration.ofSeconds(9));
        assertThatThrownBy(() -> EmbeddedPostgres.start(config)).hasMessageContaining("must be empty");
        assertThat(precious).hasContent("all of it");
    }

    @Test
    void takenPortIsSaidClearly() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(
                            config().port(taken.getLocalPort()).build()))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " on 127.0.0.1 is taken");
        }
        start().close();
    }

    @Test
    void failedStartShowsWhatTheServerSaidAndLeavesTheDirectoryUsable() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(
                        config().setting("max_connections", "many").build()))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("invalid value for parameter \"max_connections\": \"many\"")
                .hasMessageContaining("postgres.log");
        start().close();
    }

    @Test
    void lostPasswordIsSaidClearlyAndTheDataIsNotTouched() throws Exception {
        start().close();
        Files.delete(folder.resolve("data/connection.properties"));
        assertThatThrownBy(this::start).hasMessageContaining("Restore that file");
        assertThat(folder.resolve("data/cluster/PG_VERSION")).exists();
    }

    @Test
    void largeLogIsRotatedAtTheNextStart() throws Exception {
        start().close();
        Files.write(folder.resolve("data/postgres.log"), new byte[11 << 20]);
        start().close();
        assertThat(Files.size(folder.resolve("data/postgres.log"))).isLessThan(1 << 20);
        assertThat(folder.resolve("data/postgres.log.1")).hasSize(11 << 20);
    }

    @Test
    void pathsWithSpacesAndQuotesWork() throws Exception {
        var odd = folder.resolve("it's \"my\" $HOME data");
        try (var postgres =
                EmbeddedPostgres.start(EmbeddedPostgresConfig.builder(odd).build())) {
            assertThat(new Sql(postgres).query("select 1")).containsExactly("1");
        }
    }

    private EmbeddedPostgresConfigBuilder config() {
        return EmbeddedPostgresConfig.builder(folder.resolve("data"));
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(config().build());
    }

    private String mode(String file) throws Exception {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("data").resolve(file)));
    }

    private PostgresConnection connectionFile() throws Exception {
        var properties = new Properties();
        try (var stream =
                new FileInputStream(folder.resolve("data/connection.properties").toFile())) {
            properties.load(stream);
        }
        return new PostgresConnection(
                properties.getProperty("jdbcUrl"), properties.getProperty("user"), properties.getProperty("password"));
    }
}
