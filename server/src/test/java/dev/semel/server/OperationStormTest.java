package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * For each operation of the books five hundred clients ask for the same write at once, and five hundred of fifty tenants for one
 * each. What one operation has made, the next one builds on.
 */
class OperationStormTest {
    private static final int COMPANIES = StormWaves.COMPANIES;

    private final TestServer server = TestServer.startWith(StormWaves.tokens());
    private final StormWaves waves = new StormWaves(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sameWriteHasOneEffectAndEachOtherItsOwn() {
        sales();
        bank();
        stock();
        people();
        company();
        assertThat(waves.operations()).isEqualTo(BooksManifest.operations());
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
            JsonNode found = waves.company(company)
                    .get("/api/bank-transactions?limit=500")
                    .json()
                    .path("items");
            for (JsonNode line : found.values()) {
                String n = line.path("reference").asString().substring(2);
                waves.keep(
                        "bankTransaction",
                        company,
                        Integer.parseInt(n),
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

    private void wave(String operation, String effects, StormWaves.Orders orders) {
        waves.wave(operation, "semel_books." + effects, orders);
    }

    private String made(String operation, int company, int n) {
        return waves.made(operation, company, n);
    }
}
