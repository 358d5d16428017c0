package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Statements over HTTP. */
class BankStatementsTest {
    private final Client acme = TestServer.shared().as("ACME-ADMIN");

    private Answer send(String key, String type, byte[] body) {
        return acme.send(acme.request("/api/bank-transactions/import")
                .header("Content-Type", type)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] csv(String reference) {
        return "date,amount,currency,reference,description\n2026-11-24,10.00,EUR,%s,x\nnonsense\n"
                .formatted(reference)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void fileIsImportedOnceAndReplayedWithTheSameBytes() {
        String key = UUID.randomUUID().toString();
        byte[] file = csv("HTTP-1");
        Answer first = send(key, "text/csv", file);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.json().path("imported").asInt()).isEqualTo(1);
        String found =
                "/api/bank-transactions?importId=" + first.json().path("id").asString();
        assertThat(acme.get(found).json().at("/items/0/reference").asString()).isEqualTo("HTTP-1");
        assertThat(acme.get(found).json().path("items").size()).isEqualTo(1);
        assertThat(first.json().at("/errors/0/line").asInt()).isEqualTo(3);
        Answer again = send(key, "text/csv", file);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(send(key, "text/csv", csv("HTTP-2")).code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        Answer otherKey = send(UUID.randomUUID().toString(), "text/csv; charset=utf-8", file);
        assertThat(otherKey.json().path("skipped").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsNoStatementIsAClearProblem() {
        String key = UUID.randomUUID().toString();
        assertThat(send(key, "text/csv", new byte[11 << 20]).status()).isEqualTo(413);
        assertThat(send(key, "application/json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
        assertThat(send(key, "text/csv", new byte[9 << 20]).code()).isEqualTo("STATEMENT_UNREADABLE");
        assertThat(send(key, "application/xml", csv("X")).code()).isEqualTo("STATEMENT_UNREADABLE");
        assertThat(send(key, "text/csv;charset=\"", csv("X")).status()).isBetween(400, 499);
        assertThat(send("", "text/csv", csv("X")).code()).startsWith("IDEMPOTENCY_KEY");
        assertThat(send(key, "text/csv", csv("X")).status())
                .as("the key is free")
                .isEqualTo(201);
    }

    @Test
    void malformedIdsAndFiltersAreRefused() {
        assertThat(acme.get("/api/bank-transactions/x/suggestions").status()).isEqualTo(404);
        assertThat(acme.get("/api/bank-transactions?from=yesterday").status()).isEqualTo(400);
        assertThat(acme.get("/api/bank-transactions?status=x").status()).isEqualTo(400);
        assertThat(acme.get("/api/bank-transactions?importId=x").status()).isEqualTo(400);
        assertThat(acme.get("/api/bank-transactions?currency=%00").status()).isEqualTo(400);
        assertThat(acme.post("/api/bank-transactions/" + UUID.randomUUID() + "/reconcile", "{}")
                        .status())
                .isEqualTo(400);
    }
}
