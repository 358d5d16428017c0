package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be asked of the books, and what is made so that it can be: each of these is new. Amounts are in EUR, invoices over 10.00. */
final class BooksOrders {
    static final String IMPORT = "/api/bank-transactions/import";

    private final TestServer server;
    private final Client client;
    private final AtomicInteger counter = new AtomicInteger();

    BooksOrders(TestServer server) {
        this.server = server;
        this.client = server.as("ACME-ADMIN");
    }

    int next() {
        return counter.incrementAndGet();
    }

    /** Executes it; the id of what it made. */
    String done(Order order) {
        Answer answer = order.send(client, UUID.randomUUID().toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(order.executed());
        return order.isDeletion() ? "" : answer.json().path("id").asString();
    }

    String customer() {
        return done(Order.post("/api/customers", "{\"name\":\"Ada\"}"));
    }

    /** Over 10.00 in one line. */
    static Order invoice(String customer) {
        return Order.post("/api/invoices", """
                {"customerId":"%s","currency":"EUR","lines":[{"description":"Tea","quantity":"1","unitPrice":"10"}]}""".formatted(customer));
    }

    String draft() {
        return done(invoice(customer()));
    }

    static Order makeFinal(String invoice) {
        return Order.post("/api/invoices/" + invoice + "/finalize", "{}");
    }

    String owed() {
        return done(makeFinal(draft()));
    }

    static Order pay(String invoice, String amount) {
        return Order.post("/api/payments", Books.payment(invoice, amount));
    }

    String payment() {
        return done(pay(owed(), "10"));
    }

    static Order reverse(String payment) {
        return Order.post("/api/payments/" + payment + "/reverse", "{}");
    }

    static Order credit(String invoice, String body) {
        return Order.post("/api/invoices/" + invoice + "/credit-notes", body);
    }

    static String lines(int line, String amount) {
        return "{\"lines\":[{\"line\":%d,\"amount\":\"%s\"}]}".formatted(line, amount);
    }

    /** Paid in full, and credited by 6.00 afterwards. */
    String overpaid() {
        String invoice = owed();
        done(pay(invoice, "10"));
        done(credit(invoice, lines(1, "6")));
        return invoice;
    }

    static Order refund(String invoice, String amount) {
        return Order.post("/api/refunds", Books.payment(invoice, amount));
    }

    String refunded() {
        return done(refund(overpaid(), "6"));
    }

    static Order reverseRefund(String refund) {
        return Order.post("/api/refunds/" + refund + "/reverse", "{}");
    }

    String transaction(String amount) {
        return transaction(amount, "EUR");
    }

    String transaction(String amount, String currency) {
        String reference = "REF-" + next();
        done(Order.csv(IMPORT, statement(reference, amount).replace("EUR", currency)));
        return client.get("/api/bank-transactions?reference=" + reference)
                .json()
                .at("/items/0/id")
                .asString();
    }

    static String statement(String reference, String amount) {
        return "date,amount,currency,reference\n2026-11-24,%s,EUR,%s\n".formatted(amount, reference);
    }

    static Order reconcile(String transaction, String payment) {
        return Order.post(
                "/api/bank-transactions/" + transaction + "/reconcile", "{\"paymentId\":\"" + payment + "\"}");
    }

    static Order reconcileRefund(String transaction, String refund) {
        return Order.post("/api/bank-transactions/" + transaction + "/reconcile", "{\"refundId\":\"" + refund + "\"}");
    }

    String reconciled() {
        return done(reconcile(transaction("10"), payment()));
    }

    static Order unreconcile(String transaction) {
        return Order.post("/api/bank-transactions/" + transaction + "/unreconcile", "{}");
    }

    String employee() {
        return done(Order.post(
                "/api/employees", "{\"name\":\"Ada\",\"salary\":{\"amount\":\"100\",\"currency\":\"EUR\"}}"));
    }

    static Order leave(String employee) {
        return Order.post("/api/employees/" + employee + "/leave", "{}");
    }

    Order month() {
        return Order.post(
                "/api/payroll-runs", "{\"period\":\"%04d-01\",\"currency\":\"EUR\"}".formatted(1000 + next()));
    }

    static Order undo(String run) {
        return Order.post("/api/payroll-runs/" + run + "/reverse", "{}");
    }

    static Order item(String sku, long quantity) {
        return Order.post("/api/items", "{\"sku\":\"%s\",\"name\":\"Tea\",\"quantity\":%d}".formatted(sku, quantity));
    }

    String stored(long quantity) {
        return done(item("SKU-" + next(), quantity));
    }

    static Order adjust(String item, long delta) {
        return Order.post("/api/items/" + item + "/adjustments", "{\"delta\":" + delta + ",\"reason\":\"x\"}");
    }

    String grant() {
        return done(Order.post("/api/access-grants", "{\"userId\":\"user-" + next() + "\",\"role\":\"reader\"}"));
    }

    static Order revoke(String grant) {
        return Order.delete("/api/access-grants/" + grant);
    }

    static Order trigger(String workflow) {
        return Order.post("/api/workflows/" + workflow + "/trigger", "{\"input\":{}}");
    }

    static Order retry(String run) {
        return Order.post("/api/workflow-runs/" + run + "/retry", "{}");
    }

    String failed() {
        String run = done(trigger("payment-received"));
        EveryWrite.fail(server, run);
        return run;
    }
}
