package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.server.options.ServerOptions;
import dev.semel.server.options.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a start does to the tokens; the server above the database is not needed for it. */
class FirstTokensTest {
    private static final String COUNT = "SELECT count(*) FROM semel_server.tokens";

    private final TestDatabase database = TestDatabase.create();

    @Test
    void firstStartMakesOneAdminAndLeavesItsTokenToTheOwnerOfTheFolder() throws IOException {
        ServerOptions options = TestServer.options(database.external(), "");
        DatabaseStart.Prepared first = start(options);
        DatabaseStart.Prepared second = start(options);

        assertThat(first.adminToken()).isPresent();
        String token = first.adminToken().get().token().value();
        assertThat(first.adminToken().get().announcement()).contains("demo", token);
        assertThat(options.data().resolve("admin-token")).hasContent(token);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(options.data().resolve("admin-token"))))
                .isEqualTo("rw-------");
        assertThat(second.adminToken()).isEmpty();
        assertThat(database.query(COUNT)).isEqualTo("1");
        assertThat(database.query("SELECT token_hash = sha256('" + token + "') FROM semel_server.tokens"))
                .isEqualTo("t");
    }

    @Test
    void bootstrapCreatesWhatIsMissingAndNothingTwice() {
        start(TestServer.options(database.external(), "acme:alice:admin:T1"));
        start(TestServer.options(database.external(), "acme:alice:admin:T1,acme:bob:writer+reviewer:T:2"));
        assertThat(database.query(COUNT)).isEqualTo("2");
        assertThat(database.query("SELECT roles FROM semel_server.tokens WHERE token_hash = sha256('T:2')"))
                .isEqualTo("{writer,reviewer}");
    }

    @Test
    void revokedBootstrapTokenStaysRevoked() {
        ServerOptions options = TestServer.options(database.external(), "acme:alice:admin:T1");
        start(options);
        database.execute("UPDATE semel_server.tokens SET revoked_at = now()");
        start(options);
        assertThat(database.query("SELECT count(*) FROM semel_server.tokens WHERE revoked_at IS NULL"))
                .isEqualTo("0");
    }

    @Test
    void oneTokenCannotBelongToTwo() {
        ServerOptions options =
                TestServer.options(database.external(), "acme:alice:admin:SAME,globex:carol:admin:SAME");
        assertThatThrownBy(() -> start(options))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("entry 2")
                .hasMessageNotContaining("SAME");
        assertThat(database.query(COUNT)).isEqualTo("0");
    }

    @Test
    void serversThatStartTogetherOnAnEmptyDatabaseAllComeUp() {
        List<DatabaseStart> starts = Stream.generate(() -> TestServer.options(database.external(), ""))
                .limit(4)
                .map(DatabaseStart::begin)
                .toList();
        long admins = starts.stream()
                .map(DatabaseStart::await)
                .filter(prepared -> prepared.adminToken().isPresent())
                .count();
        assertThat(admins).isEqualTo(1);
        assertThat(database.query(COUNT)).isEqualTo("1");
    }

    private static DatabaseStart.Prepared start(ServerOptions options) {
        return DatabaseStart.begin(options).await();
    }
}
