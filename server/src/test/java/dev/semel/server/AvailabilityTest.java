package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import dev.semel.server.options.Secret;
import dev.semel.server.options.ServerOptions;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
    private static final Duration BOUND = Duration.ofSeconds(4);

    @Test
    void withoutTheDatabaseHealthIsDownAndRequestsAreAskedToComeAgainUntilItIsBack() throws InterruptedException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(
                        EmbeddedPostgresConfig.ephemeralBuilder().build());
                RunningServer server = RunningServer.start(options(postgres))) {
            Client alice = Client.of(server.url(), "ACME-ADMIN");
            assertUp(alice);

            postgres.stop();
            assertDown(alice);

            postgres.restart();
            awaitUp(alice);
            assertThat(alice.get("/api/tokens").status()).isEqualTo(200);
        }
    }

    private static void assertUp(Client client) {
        Answer health = client.get("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.text()).isEqualTo("{\"status\":\"UP\"}");
    }

    private static void assertDown(Client client) {
        Answer health = within(() -> client.get("/actuator/health"));
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.text()).isEqualTo("{\"status\":\"DOWN\"}");

        Answer read = within(() -> client.get("/api/tokens"));
        assertThat(read.status()).isEqualTo(503);
        assertThat(read.code()).isEqualTo("UNAVAILABLE");
        assertThat(read.json().path("retryable").asBoolean()).isTrue();
        assertThat(read.header("Retry-After")).isEqualTo("2");
        assertThat(read.header("Content-Type")).isEqualTo("application/problem+json");
    }

    private static Answer within(Supplier<Answer> question) {
        long start = System.nanoTime();
        Answer answer = question.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        return answer;
    }

    private static void awaitUp(Client client) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (client.get("/actuator/health").status() != 200) {
            assertThat(System.nanoTime()).as("back in time").isLessThan(deadline);
            Thread.sleep(200);
        }
    }

    private static ServerOptions options(EmbeddedPostgres postgres) {
        return TestServer.options(
                new ServerOptions.External(
                        postgres.superuser().jdbcUrl(),
                        postgres.superuser().user(),
                        new Secret(postgres.superuser().password())),
                TestServer.TOKENS);
    }
}
