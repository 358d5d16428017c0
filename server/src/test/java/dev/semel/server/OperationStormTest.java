package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * For each operation of the books five hundred clients ask for the same write at once, and five hundred of fifty tenants for one
 * each. What one operation has made, the next one builds on.
 */
class OperationStormTest {
    private static final int STORM = 500;
    private static final int COMPANIES = 50;

    /** The company that all ask in the name of. */
    private static final int ONE = 0;

    private static final JsonMapper JSON = new JsonMapper();

    private final TestServer server = TestServer.startWith(tokens());
    private final List<Client> companies = IntStream.rangeClosed(0, COMPANIES)
            .mapToObj(company -> server.as("STORM-" + company))
            .toList();
    private final Storm storm = new Storm(companies.get(ONE).http());
    /** Ids of what was made, by operation, company and number. */
    private final Map<String, String> made = new HashMap<>();

    private final Set<String> waves = new TreeSet<>();

    private static String tokens() {
        return IntStream.rangeClosed(0, COMPANIES)
                .mapToObj(company -> "company-%d:alice:admin:STORM-%d".formatted(company, company))
                .collect(Collectors.joining(","));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What a company asks for as its n-th. */
    private interface Orders {
        Order of(int company, int n);
    }

    @Test
    void sameWriteHasOneEffectAndEachOtherItsOwn() {
        sales();
        bank();
        stock();
        people();
        company();
        assertThat(waves).isEqualTo(BooksManifest.operations());
    }

    private void sales() {
        wave("createCustomer", "customers", (company, n) -> Order.post("/api/customers", "{\"name\":\"C-" + n + "\"}"));
        wave(
                "createInvoice",
                "invoices",
                (company, n) -> Order.post("/api/invoices", """
                {"customerId":"%s","currency":"EUR","lines":[{"description":"Tea","quantity":"1","unitPrice":"10"}]}""".formatted(made("createCustomer", company, n))));
        wave(
                "finalizeInvoice",
                "invoices WHERE status <> 'draft'",
                (company, n) -> Order.post("/api/invoices/" + made("createInvoice", company, n) + "/finalize", "{}"));
        wave(
                "createPayment",
                "payments",
                (company, n) -> Order.post("/api/payments", Books.payment(made("createInvoice", company, n), "10.00")));
        wave(
                "createCreditNote",
                "credit_notes",
                (company, n) ->
                        Order.post("/api/invoices/" + made("createInvoice", company, n) + "/credit-notes", "{}"));
        wave(
                "createRefund",
                "refunds",
                (company, n) -> Order.post("/api/refunds", Books.payment(made("createInvoice", company, n), "10.00")));
        wave(
                "reverseRefund",
                "refunds WHERE reversed",
                (company, n) -> Order.post("/api/refunds/" + made("createRefund", company, n) + "/reverse", "{}"));
    }

    private void bank() {
        wave(
                "importBankTransactions",
                "bank_transactions",
                (company, n) -> Order.csv(
                        "/api/bank-transactions/import",
                        "date,amount,currency,reference\n2026-11-24,10,EUR,R-" + n + "\n"));
        for (int company = 0; company <= COMPANIES; company++) {
            JsonNode found = companies
                    .get(company)
                    .get("/api/bank-transactions?limit=500")
                    .json()
                    .path("items");
            for (JsonNode line : found.values()) {
                String n = line.path("reference").asString().substring(2);
                made.put(
                        name("bankTransaction", company, Integer.parseInt(n)),
                        line.path("id").asString());
            }
        }
        wave(
                "reconcileLedger",
                "reconciliations",
                (company, n) -> Order.post(
                        "/api/bank-transactions/" + made("bankTransaction", company, n) + "/reconcile",
                        "{\"paymentId\":\"" + made("createPayment", company, n) + "\"}"));
        wave(
                "unreconcileLedger",
                "reconciliations WHERE reversal_id IS NOT NULL",
                (company, n) -> Order.post(
                        "/api/bank-transactions/" + made("bankTransaction", company, n) + "/unreconcile", "{}"));
        wave(
                "reversePayment",
                "payments WHERE reversed",
                (company, n) -> Order.post("/api/payments/" + made("createPayment", company, n) + "/reverse", "{}"));
    }

    private void stock() {
        wave(
                "createItem",
                "items",
                (company, n) ->
                        Order.post("/api/items", "{\"sku\":\"S-%d\",\"name\":\"Tea\",\"quantity\":5}".formatted(n)));
        wave(
                "adjustInventory",
                "item_movements",
                (company, n) -> Order.post(
                        "/api/items/" + made("createItem", company, n) + "/adjustments",
                        "{\"delta\":-5,\"reason\":\"sold\"}"));
    }

    private void people() {
        wave("createEmployee", "employees", (company, n) -> Order.post("/api/employees", """
                {"name":"E-%d","salary":{"amount":"100","currency":"EUR"}}""".formatted(n)));
        wave(
                "executePayroll",
                "payroll_runs",
                (company, n) -> Order.post(
                        "/api/payroll-runs", "{\"period\":\"2026-%02d\",\"currency\":\"EUR\"}".formatted(n + 1)));
        wave(
                "reversePayrollRun",
                "payroll_periods WHERE reversal_id IS NOT NULL",
                (company, n) ->
                        Order.post("/api/payroll-runs/" + made("executePayroll", company, n) + "/reverse", "{}"));
        wave(
                "endEmployment",
                "employees WHERE left_at IS NOT NULL",
                (company, n) -> Order.post("/api/employees/" + made("createEmployee", company, n) + "/leave", "{}"));
        wave(
                "grantUserAccess",
                "access_grants",
                (company, n) ->
                        Order.post("/api/access-grants", "{\"userId\":\"user-" + n + "\",\"role\":\"reader\"}"));
        wave(
                "revokeUserAccess",
                "access_grants WHERE revoked_at IS NOT NULL",
                (company, n) -> Order.delete("/api/access-grants/" + made("grantUserAccess", company, n)));
    }

    private void company() {
        wave(
                "triggerWorkflow",
                "workflow_runs WHERE input LIKE '%\"n\":%'",
                (company, n) -> Order.post("/api/workflows/payment-received/trigger", "{\"input\":{\"n\":" + n + "}}"));
        server.database().awaitQuietOutbox();
        server.database().execute("UPDATE semel_books.workflow_runs SET state = 'failed' WHERE input LIKE '%\"n\":%'");
        wave(
                "retryWorkflowRun",
                "workflow_runs WHERE input LIKE '%\"n\":%' AND state <> 'failed'",
                (company, n) ->
                        Order.post("/api/workflow-runs/" + made("triggerWorkflow", company, n) + "/retry", "{}"));
        wave(
                "updateCompanySettings",
                "company_settings, generate_series(1, version)",
                (company, n) -> Order.put("/api/settings", "{\"legalName\":\"L-" + n + "\"}"));
    }

    /** @param effects the table, and the condition, under which each effect is a row */
    private void wave(String operation, String effects, Orders orders) {
        waves.add(operation);
        long before = count(effects);
        same(operation, orders);
        assertThat(count(effects)).as(operation).isEqualTo(before + 1);
        each(operation, orders);
        assertThat(count(effects)).as(operation).isEqualTo(before + 1 + STORM);
    }

    private void same(String operation, Orders orders) {
        Order order = orders.of(ONE, 0);
        HttpRequest request = order.request(companies.get(ONE), operation);
        List<HttpResponse<String>> answers = storm.send(Collections.nCopies(STORM, request));
        assertExecuted(operation, order, answers, 1);
        assertThat(answers)
                .as(operation)
                .extracting(HttpResponse::body)
                .containsOnly(answers.get(0).body());
        keep(operation, ONE, 0, answers.get(0));
        HttpRequest misuse = orders.of(ONE, 1).request(companies.get(ONE), operation);
        HttpResponse<String> refused = storm.send(List.of(misuse)).get(0);
        assertThat(refused.statusCode()).as(operation).isEqualTo(409);
        assertThat(refused.body()).contains("IDEMPOTENCY_KEY_REUSED");
    }

    private void each(String operation, Orders orders) {
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < STORM; i++) {
            int company = 1 + i % COMPANIES;
            requests.add(
                    orders.of(company, i / COMPANIES).request(companies.get(company), operation + "-" + i / COMPANIES));
        }
        List<HttpResponse<String>> answers = storm.send(requests);
        assertExecuted(operation, orders.of(ONE, 0), answers, STORM);
        for (int i = 0; i < STORM; i++) {
            keep(operation, 1 + i % COMPANIES, i / COMPANIES, answers.get(i));
        }
    }

    /** So many are executed, and the others replayed; nothing else happens to any of them. */
    private static void assertExecuted(
            String operation, Order order, List<HttpResponse<String>> answers, int executed) {
        Map<String, Long> ends = answers.stream()
                .map(answer -> answer.statusCode() + " "
                        + answer.headers().firstValue("Idempotency-Replayed").orElse(answer.body()))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        Map<String, Long> expected = new TreeMap<>(Map.of(order.executed() + " false", (long) executed));
        if (executed < answers.size()) {
            expected.put(order.replayed() + " true", (long) answers.size() - executed);
        }
        assertThat(ends).as(operation).isEqualTo(expected);
    }

    private void keep(String operation, int company, int n, HttpResponse<String> answer) {
        if (!answer.body().isEmpty()) {
            made.put(
                    name(operation, company, n),
                    JSON.readTree(answer.body()).path("id").asString(""));
        }
    }

    /** One that exists nowhere for what was not made: the key is what the request is refused for. */
    private String made(String operation, int company, int n) {
        return made.getOrDefault(name(operation, company, n), new UUID(0, n).toString());
    }

    private static String name(String operation, int company, int n) {
        return operation + " " + company + " " + n;
    }

    private long count(String effects) {
        return Long.parseLong(server.database().query("SELECT count(*) FROM semel_books." + effects));
    }
}
