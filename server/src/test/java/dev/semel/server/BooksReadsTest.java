package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** What is read of the books besides the collections themselves, over HTTP. */
@TestInstance(Lifecycle.PER_CLASS)
class BooksReadsTest {
    private TestServer server;
    private Client reader;
    private String customer;
    private String invoice;
    private String payment;

    @BeforeAll
    void start() {
        server = TestServer.start();
        reader = server.as("ACME-READER");
        Client alice = server.as("ACME-ADMIN");
        invoice = new Books(alice).finalInvoice("100.00");
        payment = alice.post("/api/payments", Books.payment(invoice, "40"))
                .json()
                .path("id")
                .asString();
        customer =
                alice.get("/api/invoices/" + invoice).json().path("customerId").asString();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode read(String path) {
        Answer answer = reader.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void assertInvalid(String path, String pointer) {
        Answer answer = reader.get(path);
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void chartOfAccountsHasBalances() {
        assertThat(read("/api/accounts").path("items").size()).isEqualTo(9);
        JsonNode receivable = read("/api/accounts/1100");
        assertThat(receivable.path("name").asString()).isEqualTo("Receivables");
        assertThat(receivable.path("type").asString()).isEqualTo("asset");
        assertThat(receivable.path("normalSide").asString()).isEqualTo("debit");
        assertThat(receivable.at("/balances/EUR/balance").asString()).isEqualTo("60.00");
        assertThat(read("/api/accounts/1100?asOf=2020-01-01").path("balances").size())
                .isZero();
        assertInvalid("/api/accounts?asOf=2020-02-30", "/asOf");
        assertThat(reader.get("/api/accounts/9999").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void statementAndAgingTellWhatIsOwed() {
        JsonNode statement = read("/api/customers/" + customer + "/statement");
        assertThat(statement.at("/items/0/invoiceNumber").asInt()).isEqualTo(1);
        assertThat(statement.at("/items/1/paymentId").asString()).isEqualTo(payment);
        assertThat(statement.at("/items/1/balance").asString()).isEqualTo("60.00");
        assertThat(statement.at("/closing/EUR").asString()).isEqualTo("60.00");
        JsonNode later = read("/api/customers/" + customer + "/statement?from=9999-12-31");
        assertThat(later.at("/opening/EUR").asString()).isEqualTo("60.00");
        assertThat(later.path("items").size()).isZero();

        JsonNode aging = read("/api/receivables/aging");
        assertThat(aging.at("/items/0/customerId").asString()).isEqualTo(customer);
        assertThat(aging.at("/items/0/customerName").asString()).isEqualTo("Ada Lovelace");
        assertThat(aging.at("/items/0/owed/current").asString()).isEqualTo("60.00");
        assertThat(aging.at("/totals/EUR/total").asString()).isEqualTo("60.00");
    }

    @Test
    void listsAreNarrowed() {
        assertThat(read("/api/journal?account=1000").at("/items/0/sourceId").asString())
                .isEqualTo(payment);
        assertThat(read("/api/journal?sourceId=" + invoice).path("items").size())
                .isEqualTo(1);
        assertThat(read("/api/journal?operation=executePayroll").path("items").size())
                .isZero();
        assertThat(read("/api/invoices?status=final&customerId=" + customer)
                        .at("/items/0/id")
                        .asString())
                .isEqualTo(invoice);
        assertThat(read("/api/invoices?status=paid").path("items").size()).isZero();
        assertThat(read("/api/payments?invoiceId=" + invoice).path("items").size())
                .isEqualTo(1);
        assertThat(read("/api/payments?invoiceId=" + customer).path("items").size())
                .isZero();
        assertInvalid("/api/journal?from=x", "/from");
        assertInvalid("/api/journal?to=2026-02-30", "/to");
        assertInvalid("/api/journal?account=1101", "/account");
        assertInvalid("/api/journal?operation=%00", "/operation");
        assertInvalid("/api/journal?sourceId=1-1-1-1-1", "/sourceId");
        assertInvalid("/api/invoices?status=open", "/status");
        assertInvalid("/api/invoices?customerId=x", "/customerId");
        assertInvalid("/api/invoices?dueBefore=x", "/dueBefore");
        assertInvalid("/api/payments?invoiceId=x", "/invoiceId");
    }

    @Test
    void exportsAreFilesToKeep() {
        for (String name : List.of("journal.csv", "invoices.csv")) {
            Answer answer = reader.get("/api/" + name);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
            assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"" + name + "\"");
            assertThat(answer.header("Content-Length"))
                    .isEqualTo(String.valueOf(answer.response().body().length));
            assertThat(answer.text()).contains(invoice).endsWith("\r\n");
        }
        assertThat(reader.get("/api/journal.csv?account=1000").text())
                .contains(payment)
                .doesNotContain(invoice);
        assertThat(reader.get("/api/invoices.csv?status=paid").text()).doesNotContain(invoice);
        assertThat(server.as("GLOBEX-ADMIN").get("/api/invoices.csv").text())
                .startsWith("number,")
                .doesNotContain(invoice);
        assertInvalid("/api/journal.csv?from=x", "/from");
        assertInvalid("/api/journal.csv?from=2026-02-01&to=2026-01-31", "/to");
        assertInvalid("/api/invoices.csv?customerId=x", "/customerId");
        Answer json = reader.send(reader.request("/api/journal.csv").header("Accept", "application/json"));
        assertThat(json.status()).isEqualTo(406);
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        String statement = "/api/customers/" + customer + "/statement";
        for (String wrong : List.of("2026-13-01", "1", "2026-1-1", "x", "20260101", "%00")) {
            assertInvalid(statement + "?from=" + wrong, "/from");
            assertInvalid(statement + "?to=" + wrong, "/to");
            assertInvalid("/api/receivables/aging?asOf=" + wrong, "/asOf");
        }
        assertInvalid(statement + "?from=2026-02-01&to=2026-01-31", "/to");
        assertInvalid(statement + "?cursor=x", "/cursor");
        assertInvalid(statement + "?limit=0", "/limit");
        assertInvalid("/api/receivables/aging?cursor=x", "/cursor");
        assertInvalid("/api/receivables/aging?limit=501", "/limit");
        assertThat(reader.get("/api/customers/x/statement").code()).isEqualTo("NOT_FOUND");
    }

    /** Who may read the books does not learn by that what single people earn. */
    @Test
    void payrollIsReadByWhoKeepsTheBooksOnly() {
        for (String path : List.of(
                "/api/employees",
                "/api/employees/" + customer,
                "/api/payroll-runs",
                "/api/payroll-runs/" + customer,
                "/api/payroll-runs/" + customer + "/payslips")) {
            assertThat(reader.get(path).status()).as(path).isEqualTo(403);
            assertThat(server.as("ACME-ACCOUNTANT").get(path).status()).as(path).isIn(200, 404);
        }
        assertThat(reader.get("/api/settings").status()).isEqualTo(200);
    }

    @Test
    void onlyWhoMayReadTheBooksReadsThem() {
        for (String path : List.of(
                "/api/accounts",
                "/api/credit-notes",
                "/api/refunds",
                "/api/accounts/1100",
                "/api/journal.csv",
                "/api/invoices.csv",
                "/api/customers/" + customer + "/statement",
                "/api/receivables/aging")) {
            assertThat(server.as("ACME-OPERATOR").get(path).status()).as(path).isEqualTo(403);
            assertThat(server.as("ACME-ACCOUNTANT").get(path).status()).as(path).isEqualTo(200);
            assertThat(server.as("").get(path).status()).as(path).isEqualTo(401);
        }
    }
}
