package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import dev.semel.server.options.Secret;
import dev.semel.server.options.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void busyPortIsNamed() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, LOOPBACK)) {
            ServerOptions free = TestServer.options(TestDatabase.create().external(), TestServer.TOKENS);
            ServerOptions taken = new ServerOptions(
                    LOOPBACK,
                    busy.getLocalPort(),
                    free.data(),
                    free.database(),
                    free.bootstrapTokens(),
                    free.tokenSecret());
            assertThat(explanation(taken)).contains("Port " + busy.getLocalPort() + " is in use", "--port");
        }
    }

    @Test
    void unreachableDatabaseIsNamedWithoutItsPassword() {
        ServerOptions.External nowhere = new ServerOptions.External(
                "jdbc:postgresql://127.0.0.1:1/semel?password=HIDDEN", "u", new Secret("HIDDEN"));
        assertThat(explanation(TestServer.options(nowhere, "")))
                .contains("jdbc:postgresql://127.0.0.1:1/semel", "cannot be reached as u", "refused")
                .doesNotContain("HIDDEN");
    }

    @Test
    void wrongPasswordIsSaid() {
        TestDatabase database = TestDatabase.create();
        ServerOptions.External wrong = new ServerOptions.External(database.url(), database.user(), new Secret("wrong"));
        assertThat(explanation(TestServer.options(wrong, ""))).contains("password authentication failed");
    }

    @Test
    void dataDirectoryOfAnotherServerIsRefused(@TempDir Path data) {
        try (EmbeddedPostgres other = EmbeddedPostgres.start(
                EmbeddedPostgresConfig.builder(data.resolve("postgres")).build())) {
            assertThat(other.isRunning()).isTrue();
            assertThat(explanation(embedded(data, ""))).contains("is in use by");
        }
    }

    @Test
    void malformedBootstrapTokensAreRefusedBeforeAnythingIsStarted(@TempDir Path data) {
        assertThat(explanation(embedded(data, "acme:alice:admin:HIDDEN,acme:bob:chief:HIDDEN")))
                .contains("SEMEL_BOOTSTRAP_TOKENS", "entry 2", "accountant")
                .doesNotContain("HIDDEN");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void roleThatBypassesRowLevelSecurityIsRefused() {
        TestDatabase database = TestDatabase.create();
        ServerOptions options = TestServer.options(database.external(), "");
        DatabaseStart.begin(options).await().database().close();
        database.execute("ALTER ROLE semel_app BYPASSRLS");
        try {
            assertThat(explanation(options)).contains("could bypass row-level security");
        } finally {
            database.execute("ALTER ROLE semel_app NOBYPASSRLS");
        }
    }

    @Test
    void failpointsThatDoNotBelongHereAreRefused() {
        ServerOptions options = TestServer.options(TestDatabase.create().external(), "");
        assertThat(explanation(
                        options, Map.of("semel.failpoints.enabled", "true", "spring.profiles.active", "production")))
                .contains("semel.failpoints.enabled", "production profile");
        assertThat(explanation(
                        options,
                        Map.of("semel.failpoints.enabled", "true", "semel.failpoints.armed[no.such]", "throw")))
                .contains("semel.failpoints.armed", "no failpoint no.such");
    }

    @Test
    void webhookThatNothingCanBePostedToIsRefused() {
        ServerOptions options = TestServer.options(TestDatabase.create().external(), "");
        Map<String, String> sound = Map.of(
                "semel.webhooks.partner.tenant", "acme",
                "semel.webhooks.partner.url", "https://example.org/hook",
                "semel.webhooks.partner.secret", "HIDDEN-HIDDEN-HIDDEN",
                "semel.webhooks.partner.events", "payment.recorded");

        assertThat(explanation(options, changed(sound, "tenant", "")))
                .contains("semel.webhooks.partner.tenant is missing");
        assertThat(explanation(options, changed(sound, "secret", "HIDDEN")))
                .contains("semel.webhooks.partner", "16 bytes")
                .doesNotContain("HIDDEN");
        assertThat(explanation(options, changed(sound, "url", "http://example.org/hook")))
                .contains("semel.webhooks.partner", "https");
        assertThat(explanation(options, changed(sound, "events", "payment.recorded,payment.recordet")))
                .contains("semel.webhooks.partner.events", "[payment.recordet] are none", "payment.reversed");
        assertThat(explanation(options, changed(sound, "events", ""))).contains("must name types of events");
    }

    private static Map<String, String> changed(Map<String, String> settings, String member, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put("semel.webhooks.partner." + member, value);
        return changed;
    }

    private static String explanation(ServerOptions options, Map<String, String> settings) {
        return Settings.during(settings, () -> explanation(options));
    }

    private static ServerOptions embedded(Path data, String tokens) {
        return new ServerOptions(
                LOOPBACK,
                0,
                data,
                Optional.empty(),
                Optional.of(tokens).filter(text -> !text.isEmpty()).map(Secret::new),
                Optional.empty());
    }

    private static String explanation(ServerOptions options) {
        Throwable failure = catchThrowable(() -> RunningServer.start(options).close());
        assertThat(failure).as("the start must fail").isNotNull();
        String sentence = StartFailures.explain(failure);
        assertThat(sentence.lines()).hasSize(1);
        return sentence;
    }
}
