package dev.semel.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.Answer;
import dev.semel.server.Client;
import dev.semel.server.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TokensTest {
    private static final String BOB = "{\"user\":\"bob\",\"roles\":[\"reader\",\"writer\"]}";

    private final TestServer server = TestServer.shared();
    private final Client alice = server.as("ACME-ADMIN");
    private final Client carol = server.as("GLOBEX-ADMIN");

    @Test
    void newTokenOpensWhatItsRolesOpen() {
        Answer created = alice.post("/api/tokens", BOB);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Idempotency-Replayed")).isEqualTo("false");
        assertThat(created.header("Cache-Control")).contains("no-store");
        assertThat(created.json().propertyNames())
                .containsExactlyInAnyOrder("id", "user", "roles", "createdAt", "token");

        Client bob = alice.as(created.json().path("token").asString());
        assertThat(bob.get("/api/customers").status()).isEqualTo(200);
        assertThat(bob.get("/api/tokens").status()).isEqualTo(403);
    }

    @Test
    void replayGivesTheSameTokenByteForByteAlthoughItIsStoredNowhere() {
        String key = UUID.randomUUID().toString();
        Answer first = alice.post("/api/tokens", BOB, key);
        Answer again = alice.post("/api/tokens", BOB, key);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());

        String token = first.json().path("token").asString();
        assertThat(token).hasSizeGreaterThan(40);
        String stored =
                "SELECT convert_from(response_body, 'UTF8') FROM semel.idempotency_keys WHERE key = '" + key + "'";
        assertThat(server.database().query(stored)).contains("bob").doesNotContain(token);
    }

    @Test
    void duplicatesAtOnceGetOneToken() throws Exception {
        String key = UUID.randomUUID().toString();
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            List<Callable<Answer>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                tasks.add(() -> alice.post("/api/tokens", BOB, key));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(tasks)) {
                answers.add(answer.get());
            }
            assertThat(answers.stream().map(Answer::text).collect(Collectors.toSet()))
                    .hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(39);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void revokedTokenIsRefusedAtOnce() {
        Answer created = alice.post("/api/tokens", BOB);
        Client bob = alice.as(created.json().path("token").asString());
        assertThat(bob.get("/api/customers").status()).isEqualTo(200);

        String path = "/api/tokens/" + created.json().path("id").asString();
        assertThat(alice.delete(path).status()).isEqualTo(204);
        assertThat(bob.get("/api/customers").status()).isEqualTo(401);
        assertThat(alice.delete(path).status()).as("revoked twice").isEqualTo(204);
    }

    @Test
    void listShowsTheTenantsTokensWithoutSecretsInPages() {
        Answer created = alice.post("/api/tokens", BOB);
        String id = created.json().path("id").asString();
        assertThat(listed(alice, 2)).contains(id);
        assertThat(listed(carol, 2)).doesNotContain(id);
        assertThat(alice.get("/api/tokens?limit=500").text())
                .doesNotContain(created.json().path("token").asString(), "hash", "ACME-ADMIN");
    }

    @Test
    void anotherTenantsTokenDoesNotExist() {
        String id = carol.post("/api/tokens", BOB).json().path("id").asString();
        Answer refused = alice.delete("/api/tokens/" + id);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("NOT_FOUND");
        assertThat(alice.delete("/api/tokens/nonsense").status()).isEqualTo(404);
        assertThat(server.database()
                        .query("SELECT revoked_at IS NULL FROM semel_server.tokens WHERE id = '" + id + "'"))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /user /roles",
                "{\"user\":\"\",\"roles\":[]} | /user /roles",
                "{\"user\":\"a b\",\"roles\":[\"reader\"]} | /user",
                "{\"user\":\"bob\",\"roles\":[\"reader\",\"chief\"]} | /roles/1",
                "{\"user\":\"bob\",\"roles\":[null]} | /roles/0"
            })
    void invalidRequestIsToldEverythingThatIsWrong(String body, String pointers) {
        Answer refused = alice.post("/api/tokens", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(refused.json().path("errors").values().stream()
                        .map(error -> error.path("pointer").asString()))
                .containsExactly(pointers.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=501", "limit=x", "cursor=nonsense"})
    void invalidPageIsRefused(String query) {
        Answer refused = alice.get("/api/tokens?" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
    }

    private static Set<String> listed(Client client, int limit) {
        Set<String> ids = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = client.get("/api/tokens?limit=" + limit + cursor).json();
            page.path("items").forEach(item -> ids.add(item.path("id").asString()));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        return ids;
    }
}
