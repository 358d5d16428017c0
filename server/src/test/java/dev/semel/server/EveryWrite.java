package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Each operation of the books once, each on what those before it have made, in the name of acme's admin. Used once. */
final class EveryWrite {
    private final TestServer server;
    private final Client client;
    private final Trial trial;
    private final List<Done> done = new ArrayList<>();

    /** What is tried with an order, and the key that it will have, before it is executed. */
    interface Trial {
        void of(String operation, Order order, String key);
    }

    /** A write that was executed. */
    record Done(String operation, Order order, String key, Answer answer) {
        Answer again(Client client) {
            return order.send(client, key);
        }
    }

    EveryWrite(TestServer server) {
        this(server, (operation, order, key) -> {});
    }

    EveryWrite(TestServer server, Trial trial) {
        this.server = server;
        this.client = server.as("ACME-ADMIN");
        this.trial = trial;
    }

    List<Done> all() {
        String payment = sales();
        bank(payment);
        stock();
        people();
        company();
        return List.copyOf(done);
    }

    private String write(String operation, Order order) {
        String key = "once-" + operation;
        trial.of(operation, order, key);
        Answer answer = order.send(client, key);
        assertThat(answer.status()).as(operation + " " + answer.text()).isEqualTo(order.executed());
        done.add(new Done(operation, order, key, answer));
        return order.isDeletion() ? "" : answer.json().path("id").asString("");
    }

    private String sales() {
        String customer = write("createCustomer", Order.post("/api/customers", "{\"name\":\"Ada é\"}"));
        String invoice = write("createInvoice", Order.post("/api/invoices", """
                {"customerId":"%s","currency":"EUR","lines":[{"description":"Tea","quantity":"3","unitPrice":"10"}]}""".formatted(customer)));
        write("finalizeInvoice", Order.post("/api/invoices/" + invoice + "/finalize", "{}"));
        String payment = write("createPayment", Order.post("/api/payments", Books.payment(invoice, "10.00")));
        write("createCreditNote", Order.post("/api/invoices/" + invoice + "/credit-notes", """
                {"reason":"broken","lines":[{"line":1,"amount":"25.00"}]}"""));
        String refund = write("createRefund", Order.post("/api/refunds", Books.payment(invoice, "5.00")));
        write("reverseRefund", Order.post("/api/refunds/" + refund + "/reverse", "{\"reason\":\"came back\"}"));
        return payment;
    }

    private void bank(String payment) {
        write(
                "importBankTransactions",
                Order.csv(
                        "/api/bank-transactions/import",
                        "date,amount,currency,reference\n2026-11-24,10,EUR,EVERY-1\nnonsense\n"));
        String transaction = "/api/bank-transactions/"
                + client.get("/api/bank-transactions?reference=EVERY-1")
                        .json()
                        .at("/items/0/id")
                        .asString();
        write("reconcileLedger", Order.post(transaction + "/reconcile", "{\"paymentId\":\"" + payment + "\"}"));
        write("unreconcileLedger", Order.post(transaction + "/unreconcile", "{}"));
        write("reversePayment", Order.post("/api/payments/" + payment + "/reverse", "{\"reason\":\"bounced\"}"));
    }

    private void stock() {
        String item =
                write("createItem", Order.post("/api/items", "{\"sku\":\"EVERY-1\",\"name\":\"Tea\",\"quantity\":5}"));
        write(
                "adjustInventory",
                Order.post("/api/items/" + item + "/adjustments", "{\"delta\":-5,\"reason\":\"sold\"}"));
    }

    private void people() {
        String employee = write("createEmployee", Order.post("/api/employees", """
                {"name":"Grace","salary":{"amount":"1234.56","currency":"EUR"}}"""));
        String run = write(
                "executePayroll", Order.post("/api/payroll-runs", "{\"period\":\"2026-11\",\"currency\":\"EUR\"}"));
        write("reversePayrollRun", Order.post("/api/payroll-runs/" + run + "/reverse", "{\"reason\":\"wrong hours\"}"));
        write("endEmployment", Order.post("/api/employees/" + employee + "/leave", "{}"));
    }

    private void company() {
        write(
                "updateCompanySettings",
                Order.put("/api/settings", "{\"legalName\":\"Acme é\"}").with("If-Match", "*"));
        String grant = write(
                "grantUserAccess", Order.post("/api/access-grants", "{\"userId\":\"rita\",\"role\":\"accountant\"}"));
        write("revokeUserAccess", Order.delete("/api/access-grants/" + grant));
        String run = write(
                "triggerWorkflow", Order.post("/api/workflows/payment-received/trigger", "{\"input\":{\"n\":1}}"));
        fail(server, run);
        write("retryWorkflowRun", Order.post("/api/workflow-runs/" + run + "/retry", "{}"));
    }

    /** As if its steps had failed too often. */
    static void fail(TestServer server, String run) {
        server.database().awaitQuietOutbox();
        server.database().execute("UPDATE semel_books.workflow_runs SET state = 'failed' WHERE id = '" + run + "'");
    }
}
