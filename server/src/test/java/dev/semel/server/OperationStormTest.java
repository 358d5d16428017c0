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
    private final Waves waves = new Waves("semel_books");

    @AfterEach
    void stop() {
        waves.close();
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
        waves.wave(
                "createCustomer",
                "customers",
                (company, n) -> Order.post("/api/customers", "{\"name\":\"C-" + n + "\"}"));
        waves.wave(
                "createInvoice",
                "invoices",
                (company, n) -> Order.post("/api/invoices", """
                {"customerId":"%s","currency":"EUR","lines":[{"description":"Tea","quantity":"1","unitPrice":"10"}]}""".formatted(waves.made("createCustomer", company, n))));
        waves.wave(
                "finalizeInvoice",
                "invoices WHERE status <> 'draft'",
                (company, n) ->
                        Order.post("/api/invoices/" + waves.made("createInvoice", company, n) + "/finalize", "{}"));
        waves.wave(
                "createPayment",
                "payments",
                (company, n) ->
                        Order.post("/api/payments", Books.payment(waves.made("createInvoice", company, n), "10.00")));
        waves.wave(
                "createCreditNote",
                "credit_notes",
                (company, n) ->
                        Order.post("/api/invoices/" + waves.made("createInvoice", company, n) + "/credit-notes", "{}"));
        waves.wave(
                "createRefund",
                "refunds",
                (company, n) ->
                        Order.post("/api/refunds", Books.payment(waves.made("createInvoice", company, n), "10.00")));
        waves.wave(
                "reverseRefund",
                "refunds WHERE reversed",
                (company, n) ->
                        Order.post("/api/refunds/" + waves.made("createRefund", company, n) + "/reverse", "{}"));
    }

    private void bank() {
        waves.wave(
                "importBankTransactions",
                "bank_transactions",
                (company, n) -> Order.csv(
                        "/api/bank-transactions/import",
                        "date,amount,currency,reference\n2026-11-24,10,EUR,R-" + n + "\n"));
        for (int company = 0; company <= Waves.COMPANIES; company++) {
            JsonNode found = waves.company(company)
                    .get("/api/bank-transactions?limit=500")
                    .json()
                    .path("items");
            for (JsonNode line : found.values()) {
                String n = line.path("reference").asString().substring(2);
                waves.put(
                        "bankTransaction",
                        company,
                        Integer.parseInt(n),
                        line.path("id").asString());
            }
        }
        waves.wave(
                "reconcileLedger",
                "reconciliations",
                (company, n) -> Order.post(
                        "/api/bank-transactions/" + waves.made("bankTransaction", company, n) + "/reconcile",
                        "{\"paymentId\":\"" + waves.made("createPayment", company, n) + "\"}"));
        waves.wave(
                "unreconcileLedger",
                "reconciliations WHERE reversal_id IS NOT NULL",
                (company, n) -> Order.post(
                        "/api/bank-transactions/" + waves.made("bankTransaction", company, n) + "/unreconcile", "{}"));
        waves.wave(
                "reversePayment",
                "payments WHERE reversed",
                (company, n) ->
                        Order.post("/api/payments/" + waves.made("createPayment", company, n) + "/reverse", "{}"));
    }

    private void stock() {
        waves.wave(
                "createItem",
                "items",
                (company, n) ->
                        Order.post("/api/items", "{\"sku\":\"S-%d\",\"name\":\"Tea\",\"quantity\":5}".formatted(n)));
        waves.wave(
                "adjustInventory",
                "item_movements",
                (company, n) -> Order.post(
                        "/api/items/" + waves.made("createItem", company, n) + "/adjustments",
                        "{\"delta\":-5,\"reason\":\"sold\"}"));
    }

    private void people() {
        waves.wave("createEmployee", "employees", (company, n) -> Order.post("/api/employees", """
                {"name":"E-%d","salary":{"amount":"100","currency":"EUR"}}""".formatted(n)));
        waves.wave(
                "executePayroll",
                "payroll_runs",
                (company, n) -> Order.post(
                        "/api/payroll-runs", "{\"period\":\"2026-%02d\",\"currency\":\"EUR\"}".formatted(n + 1)));
        waves.wave(
                "reversePayrollRun",
                "payroll_periods WHERE reversal_id IS NOT NULL",
                (company, n) ->
                        Order.post("/api/payroll-runs/" + waves.made("executePayroll", company, n) + "/reverse", "{}"));
        waves.wave(
                "endEmployment",
                "employees WHERE left_at IS NOT NULL",
                (company, n) ->
                        Order.post("/api/employees/" + waves.made("createEmployee", company, n) + "/leave", "{}"));
        waves.wave(
                "grantUserAccess",
                "access_grants",
                (company, n) ->
                        Order.post("/api/access-grants", "{\"userId\":\"user-" + n + "\",\"role\":\"reader\"}"));
        waves.wave(
                "revokeUserAccess",
                "access_grants WHERE revoked_at IS NOT NULL",
                (company, n) -> Order.delete("/api/access-grants/" + waves.made("grantUserAccess", company, n)));
    }

    private void company() {
        waves.wave(
                "triggerWorkflow",
                "workflow_runs WHERE input LIKE '%\"n\":%'",
                (company, n) -> Order.post("/api/workflows/payment-received/trigger", "{\"input\":{\"n\":" + n + "}}"));
        waves.server().database().awaitQuietOutbox();
        waves.server()
                .database()
                .execute("UPDATE semel_books.workflow_runs SET state = 'failed' WHERE input LIKE '%\"n\":%'");
        waves.wave(
                "retryWorkflowRun",
                "workflow_runs WHERE input LIKE '%\"n\":%' AND state <> 'failed'",
                (company, n) ->
                        Order.post("/api/workflow-runs/" + waves.made("triggerWorkflow", company, n) + "/retry", "{}"));
        waves.wave(
                "updateCompanySettings",
                "company_settings, generate_series(1, version)",
                (company, n) -> Order.put("/api/settings", "{\"legalName\":\"L-" + n + "\"}"));
    }
}
