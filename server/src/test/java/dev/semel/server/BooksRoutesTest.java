package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The routes of items, employees, payroll, settings and access grants, as the HTTP contract has them. */
@TestInstance(Lifecycle.PER_CLASS)
class BooksRoutesTest {
    private TestServer server;
    private Client alice;

    @BeforeAll
    void start() {
        server = TestServer.start();
        alice = server.as("ACME-ADMIN");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void itemIsAdjustedNeverBelowZero() {
        String key = UUID.randomUUID().toString();
        String body = "{\"sku\":\"T-1\",\"name\":\"Tea\",\"quantity\":7}";
        Answer item = alice.post("/api/items", body, key);
        assertThat(item.status()).isEqualTo(201);
        assertThat(item.json().path("quantity").asInt()).isEqualTo(7);
        Answer replay = alice.post("/api/items", body, key);
        assertThat(replay.status()).isEqualTo(200);
        assertThat(replay.text()).isEqualTo(item.text());
        assertRefused(alice.post("/api/items", body), 409, "SKU_TAKEN");

        String path = "/api/items/" + item.json().path("id").asString();
        Answer sold = alice.post(path + "/adjustments", "{\"delta\":-7,\"reason\":\"sold\"}");
        assertThat(sold.status()).isEqualTo(201);
        assertThat(sold.json().path("quantity").asInt()).isZero();
        assertThat(sold.json().path("delta").asInt()).isEqualTo(-7);
        assertThat(sold.json().path("itemId").asString())
                .isEqualTo(item.json().path("id").asString());
        assertRefused(
                alice.post(path + "/adjustments", "{\"delta\":-1,\"reason\":\"sold\"}"), 422, "INSUFFICIENT_STOCK");
        assertThat(alice.get(path).json().path("quantity").asInt()).isZero();
        assertThat(alice.get(path + "/adjustments").json().path("items").size()).isEqualTo(2);
        for (String delta : List.of("0", "1.5", "1e99", "\"x\"", "null", "{}", "true")) {
            Answer refused = alice.post(path + "/adjustments", "{\"delta\":" + delta + ",\"reason\":\"x\"}");
            assertRefused(refused, 400, "VALIDATION_FAILED");
        }
    }

    @Test
    void payrollPaysActiveEmployeesOncePerMonth() {
        String body = "{\"name\":\"Ada\",\"salary\":{\"amount\":\"3000.10\",\"currency\":\"CHF\"}}";
        Answer ada = alice.post("/api/employees", body);
        assertThat(ada.status()).isEqualTo(201);
        assertThat(ada.json().at("/salary/amount").asString()).isEqualTo("3000.10");
        String grace = alice.post("/api/employees", body).json().path("id").asString();
        Answer left = alice.post("/api/employees/" + grace + "/leave", "{}");
        assertThat(left.json().path("active").asBoolean()).isFalse();
        assertRefused(
                alice.post("/api/employees", "{\"name\":\"Ada\",\"salary\":{\"amount\":\"0\",\"currency\":\"CHF\"}}"),
                400,
                "VALIDATION_FAILED");

        Answer run = alice.post("/api/payroll-runs", "{\"period\":\"2026-11\",\"currency\":\"CHF\"}");
        assertThat(run.status()).isEqualTo(201);
        assertThat(run.json().path("status").asString()).isEqualTo("executed");
        assertThat(run.json().path("total").asString()).isEqualTo("3000.10");
        assertThat(run.json().path("payslips").size()).isEqualTo(1);
        String path = "/api/payroll-runs/" + run.json().path("id").asString();
        assertThat(alice.get(path).json()).isEqualTo(run.json());
        assertThat(alice.get(path + "/payslips")
                        .json()
                        .at("/items/0/employeeId")
                        .asString())
                .isEqualTo(ada.json().path("id").asString());
        assertRefused(
                alice.post("/api/payroll-runs", "{\"period\":\"2026-11\",\"currency\":\"CHF\"}"),
                409,
                "PAYROLL_ALREADY_EXECUTED");
        for (String period : List.of("2026-13", "2026-1", "0000-01", "x")) {
            assertRefused(
                    alice.post("/api/payroll-runs", "{\"period\":\"" + period + "\",\"currency\":\"CHF\"}"),
                    400,
                    "VALIDATION_FAILED");
        }
        assertThat(alice.get("/api/trial-balance").json().at("/CHF/debit").asString())
                .isEqualTo("3000.10");
    }

    @Test
    void invoiceIsCreditedNeverByMoreThanIsLeft() {
        String invoice = new Books(alice).finalInvoice("100.00");
        String path = "/api/invoices/" + invoice;
        alice.post("/api/payments", Books.payment(invoice, "90"));
        Answer note =
                alice.post(path + "/credit-notes", "{\"lines\":[{\"line\":1,\"amount\":\"25.5\"}],\"reason\":\"x\"}");
        assertThat(note.status()).as(note.text()).isEqualTo(201);
        assertThat(note.json().path("total").asString()).isEqualTo("25.50");
        assertThat(note.json().path("refundable").asString()).isEqualTo("15.50");
        assertThat(note.json().at("/lines/0/amount").asString()).isEqualTo("25.50");
        assertThat(alice.get(path).json().path("status").asString()).isEqualTo("paid");
        assertThat(alice.get(path).json().path("credited").asString()).isEqualTo("25.50");
        assertThat(alice.get(path).json().path("balance").asString()).isEqualTo("0.00");
        String id = note.json().path("id").asString();
        assertThat(alice.get("/api/credit-notes/" + id).json()).isEqualTo(note.json());
        assertThat(alice.get("/api/credit-notes?invoiceId=" + invoice).json().at("/items/0"))
                .isEqualTo(note.json());
        assertThat(alice.get("/api/credit-notes?invoiceId=" + id)
                        .json()
                        .path("items")
                        .size())
                .isZero();
        assertRefused(
                alice.post(path + "/credit-notes", "{\"lines\":[{\"line\":1,\"amount\":\"74.51\"}]}"),
                422,
                "CREDIT_TOO_LARGE");
        for (String body : List.of(
                "{\"lines\":[]}",
                "{\"lines\":[null]}",
                "{\"lines\":[{}]}",
                "{\"lines\":[{\"line\":0}]}",
                "{\"lines\":[{\"line\":1.5}]}",
                "{\"lines\":[{\"line\":1},{\"line\":1}]}",
                "{\"lines\":[{\"line\":1,\"amount\":\"0\"}]}",
                "{\"lines\":[{\"line\":1,\"amount\":\"-1\"}]}",
                "{\"lines\":[{\"line\":1,\"amount\":\"0.001\"}]}",
                "{\"reason\":\"" + "x".repeat(201) + "\"}")) {
            assertRefused(alice.post(path + "/credit-notes", body), 400, "VALIDATION_FAILED");
        }
        assertRefused(alice.get("/api/credit-notes?invoiceId=x"), 400, "VALIDATION_FAILED");
        assertRefused(alice.get("/api/credit-notes/x"), 404, "NOT_FOUND");
    }

    @Test
    void payrollRunIsReversedOnceAndItsMonthPaidAgain() {
        alice.post("/api/employees", "{\"name\":\"Ada\",\"salary\":{\"amount\":\"10\",\"currency\":\"SEK\"}}");
        String body = "{\"period\":\"2026-10\",\"currency\":\"SEK\"}";
        String path = "/api/payroll-runs/"
                + alice.post("/api/payroll-runs", body).json().path("id").asString();
        Answer reversed = alice.post(path + "/reverse", "{\"reason\":\"wrong\"}");
        assertThat(reversed.status()).as(reversed.text()).isEqualTo(201);
        assertThat(reversed.json().path("status").asString()).isEqualTo("reversed");
        assertThat(alice.get(path).json().path("reversalReason").asString()).isEqualTo("wrong");
        assertRefused(alice.post(path + "/reverse", "{}"), 409, "PAYROLL_ALREADY_REVERSED");
        assertThat(alice.post("/api/payroll-runs", body).status()).isEqualTo(201);
        assertRefused(alice.post("/api/payroll-runs", body), 409, "PAYROLL_ALREADY_EXECUTED");
    }

    @Test
    void settingsAreChangedInTheVersionThatWasRead() {
        Answer defaults = alice.get("/api/settings");
        assertThat(defaults.header("ETag")).isEqualTo("\"0\"");
        String key = UUID.randomUUID().toString();
        Answer changed = put("{\"legalName\":\"Acme\"}", "\"0\"", key);
        assertThat(changed.status()).isEqualTo(201);
        assertThat(changed.json().path("version").asInt()).isEqualTo(1);
        assertRefused(put("{}", "\"0\"", UUID.randomUUID().toString()), 412, "PRECONDITION_FAILED");
        assertRefused(put("{}", "x", UUID.randomUUID().toString()), 400, "VALIDATION_FAILED");
        Answer replay = put("{\"legalName\":\"Acme\"}", "\"1\"", key);
        assertThat(replay.status()).isEqualTo(200);
        assertThat(replay.text()).isEqualTo(changed.text());
        assertRefused(put("{\"legalName\":\"Other\"}", "\"1\"", key), 409, "IDEMPOTENCY_KEY_REUSED");
        assertThat(alice.get("/api/settings").header("ETag")).isEqualTo("\"1\"");
        for (String body : List.of(
                "{\"baseCurrency\":\"XXX\"}",
                "{\"timezone\":\"Mars/Olympus\"}",
                "{\"legalName\":\" \"}",
                "{\"deductions\":[{\"name\":\"a\",\"percent\":\"101\",\"paidBy\":\"employee\"}]}",
                "{\"deductions\":[{\"name\":\"a\",\"percent\":\"60\",\"paidBy\":\"employee\"},"
                        + "{\"name\":\"b\",\"percent\":\"60\",\"paidBy\":\"employee\"}]}",
                "{\"deductions\":[{\"name\":\"a\",\"percent\":\"1\",\"paidBy\":\"me\"}]}",
                "{\"deductions\":[null]}")) {
            assertRefused(put(body, "*", UUID.randomUUID().toString()), 400, "VALIDATION_FAILED");
        }
    }

    private Answer put(String body, String ifMatch, String key) {
        return alice.send(alice.request("/api/settings")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .header("If-Match", ifMatch)
                .PUT(BodyPublishers.ofString(body)));
    }

    @Test
    void grantOpensAndItsRevocationClosesAtOnce() {
        Client otto = server.as("ACME-OPERATOR");
        assertRefused(otto.get("/api/customers"), 403, "FORBIDDEN");
        Answer grant = alice.post("/api/access-grants", "{\"userId\":\"otto\",\"role\":\"accountant\"}");
        assertThat(grant.status()).isEqualTo(201);
        assertThat(otto.get("/api/customers").status()).isEqualTo(200);
        assertThat(otto.post("/api/customers", "{\"name\":\"Ada\"}").status()).isEqualTo(201);
        assertThat(otto.get("/api/writes-no-such-route").status()).isEqualTo(404);
        String path = "/api/access-grants/" + grant.json().path("id").asString();
        assertThat(alice.get(path).status()).isEqualTo(200);
        assertThat(alice.delete(path).status()).isEqualTo(204);
        assertRefused(otto.get("/api/customers"), 403, "FORBIDDEN");
        assertRefused(alice.get(path), 404, "NOT_FOUND");
    }

    @Test
    void grantOfOneTenantOpensNothingInAnother() {
        server.as("GLOBEX-ADMIN").post("/api/access-grants", "{\"userId\":\"otto\",\"role\":\"admin\"}");
        assertRefused(server.as("ACME-OPERATOR").get("/api/tokens"), 403, "FORBIDDEN");
    }

    @Test
    void onlyAnAdminGrantsAndOnlyRolesThatThereAre() {
        String body = "{\"userId\":\"abe\",\"role\":\"admin\"}";
        for (String token : List.of("ACME-ACCOUNTANT", "ACME-READER", "ACME-OPERATOR")) {
            assertRefused(server.as(token).post("/api/access-grants", body), 403, "FORBIDDEN");
            assertRefused(server.as(token).get("/api/access-grants"), 403, "FORBIDDEN");
        }
        for (String wrong : List.of(
                "{\"userId\":\"abe\",\"role\":\"chief\"}",
                "{\"userId\":\"abe\",\"role\":\"ADMIN\"}",
                "{\"userId\":\"\",\"role\":\"admin\"}",
                "{\"role\":\"admin\"}")) {
            assertRefused(alice.post("/api/access-grants", wrong), 400, "VALIDATION_FAILED");
        }
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
