package dev.semel.books.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.CallResult;
import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.KeyedPayload;
import dev.semel.RejectedException;
import dev.semel.books.BooksExtension;
import dev.semel.books.BooksOperations;
import dev.semel.books.TestBooks;
import dev.semel.books.invoices.Invoice;
import dev.semel.books.invoices.InvoiceStatus;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Payments that are recorded by a few statements for all: what comes of them is what would come of them one by one. */
@ExtendWith(BooksExtension.class)
class PaymentsTogetherTest {
    private final TestBooks books;

    PaymentsTogetherTest(TestBooks books) {
        this.books = books;
    }

    /** A company with the same invoices as every other one. */
    private final class Company {
        private final Caller caller = TestBooks.newCaller();
        private final UUID euros = books.finalInvoice(caller, "EUR", "100").id();
        private final UUID yen = books.finalInvoice(caller, "JPY", "100").id();
        private final UUID draft = books.draft(caller, "EUR", "100").id();

        List<KeyedPayload<NewPayment>> asked() {
            return Stream.of(
                            new NewPayment(euros, "60", "EUR", "transfer", "first"),
                            new NewPayment(yen, "100", "JPY", null, null),
                            new NewPayment(euros, "40.01", "EUR", null, "too much by now"),
                            new NewPayment(draft, "1", "EUR", null, null),
                            new NewPayment(euros, "1", "USD", null, null),
                            new NewPayment(euros, "40.00", "EUR", null, "the rest"),
                            new NewPayment(yen, "1", "JPY", null, "paid already"),
                            new NewPayment(new UUID(0, 0), "1", "EUR", null, null))
                    .map(payment -> new KeyedPayload<>(TestBooks.newKey(), payment))
                    .toList();
        }

        List<CallResult<Payment>> together(List<KeyedPayload<NewPayment>> asked) {
            return books.semel().executeAll(BooksOperations.CREATE_PAYMENT, caller, asked);
        }

        List<CallResult<Payment>> oneByOne(List<KeyedPayload<NewPayment>> asked) {
            return asked.stream().map(one -> together(List.of(one)).get(0)).toList();
        }

        List<String> journal() {
            return texts("""
                    SELECT p.amount || ' ' || line_no || ' ' || account_code || ' ' || debit || ' ' || credit
                    FROM semel_books.journal_lines l
                    JOIN semel_books.journal_entries e ON e.tenant_id = l.tenant_id AND e.id = l.entry_id
                    JOIN semel_books.payments p ON p.tenant_id = e.tenant_id AND p.id = e.source_id
                    WHERE l.tenant_id = ? ORDER BY 1
                    """);
        }

        List<String> statements() {
            return texts("SELECT DISTINCT xmin || ' ' || cmin FROM semel_books.payments WHERE tenant_id = ?");
        }

        private List<String> texts(String sql) {
            return books.semel()
                    .read(
                            caller.tenant(),
                            connection -> books.jdbc()
                                    .sql(sql)
                                    .param(caller.tenant())
                                    .query(String.class)
                                    .list());
        }

        List<String> invoices() {
            return Stream.of(euros, yen, draft)
                    .map(id -> books.invoice(caller, id))
                    .map(invoice -> invoice.status() + " " + invoice.paid() + " " + invoice.balance())
                    .toList();
        }

        /** Of each event its type and which invoice it is about. */
        List<String> events() {
            Map<String, String> names = Map.of("invoice:" + euros, "euros", "invoice:" + yen, "yen");
            return books.events(caller).stream()
                    .filter(event -> event.startsWith(CreatePayment.EVENT))
                    .map(event -> names.get(event.substring(CreatePayment.EVENT.length() + 1)))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> told(List<CallResult<Payment>> results) {
        return results.stream().map(PaymentsTogetherTest::told).toList();
    }

    private static String told(CallResult<Payment> result) {
        if (result instanceof CallResult.Succeeded<Payment> succeeded) {
            Payment payment = succeeded.outcome().result();
            assertThat(payment.id()).isEqualTo(succeeded.outcome().resultId());
            return payment.amount() + " " + payment.currency() + " " + payment.method() + " " + payment.reference();
        }
        return ((RejectedException) ((CallResult.Failed<Payment>) result).failure()).code();
    }

    @Test
    void comeToTheSameAsOneByOne() {
        Company together = new Company();
        Company oneByOne = new Company();
        List<CallResult<Payment>> results = together.together(together.asked());

        assertThat(told(results))
                .containsExactly(
                        "60.00 EUR transfer first",
                        "100 JPY null null",
                        "OVERPAYMENT",
                        "INVOICE_NOT_FINAL",
                        "CURRENCY_MISMATCH",
                        "40.00 EUR null the rest",
                        "OVERPAYMENT",
                        "NOT_FOUND")
                .isEqualTo(told(oneByOne.oneByOne(oneByOne.asked())));
        assertThat(together.statements()).hasSize(1);
        assertThat(oneByOne.statements()).hasSize(3);
        assertThat(together.journal()).hasSize(6).isEqualTo(oneByOne.journal());
        assertThat(together.invoices())
                .containsExactly("PAID 100.00 0.00", "PAID 100 0", "DRAFT 0.00 100.00")
                .isEqualTo(oneByOne.invoices());
        assertThat(together.events()).containsExactly("euros", "euros", "yen").isEqualTo(oneByOne.events());
    }

    @Test
    void areReplayedOneByOneAndTogether() throws SQLException {
        Company company = new Company();
        List<KeyedPayload<NewPayment>> asked = company.asked();
        List<String> first = told(company.together(asked));
        assertThat(told(company.together(asked))).isEqualTo(first);
        assertThat(told(company.oneByOne(asked))).isEqualTo(first);
        assertThat(books.count("payments", company.caller)).isEqualTo(3);
    }

    @Test
    void oneThatWasMadeUnderAForgottenKeyLeavesTheOthersAlone() throws SQLException {
        Company company = new Company();
        KeyedPayload<NewPayment> made =
                new KeyedPayload<>(TestBooks.newKey(), new NewPayment(company.euros, "100", "EUR", null, null));
        Payment before = ((CallResult.Succeeded<Payment>)
                        company.together(List.of(made)).get(0))
                .outcome()
                .result();
        books.forgetKeys(company.caller);
        List<CallResult<Payment>> results = company.together(List.of(
                new KeyedPayload<>(TestBooks.newKey(), new NewPayment(company.yen, "1", "JPY", null, null)),
                made,
                new KeyedPayload<>(TestBooks.newKey(), new NewPayment(company.yen, "2", "JPY", null, null))));
        assertThat(told(results)).containsExactly("1 JPY null null", "100.00 EUR null null", "2 JPY null null");
        assertThat(((CallResult.Succeeded<Payment>) results.get(1)).outcome().result())
                .isEqualTo(before);
        assertThat(books.count("payments", company.caller)).isEqualTo(3);
        assertThat(books.invoice(company.caller, company.yen).paid()).isEqualTo("3");
    }

    @Test
    void doNotReachAnotherTenantsInvoice() throws SQLException {
        Company company = new Company();
        Company other = new Company();
        Invoice theirs = books.invoice(other.caller, other.euros);
        List<CallResult<Payment>> results = company.together(Stream.of(other.euros, company.euros, other.yen)
                .map(invoice -> new NewPayment(invoice, "1", invoice.equals(other.yen) ? "JPY" : "EUR", null, null))
                .map(payment -> new KeyedPayload<>(TestBooks.newKey(), payment))
                .toList());
        assertThat(told(results)).containsExactly("NOT_FOUND", "1.00 EUR null null", "NOT_FOUND");
        assertThat(books.invoice(other.caller, other.euros)).isEqualTo(theirs);
        assertThat(theirs.status()).isEqualTo(InvoiceStatus.FINAL);
        assertThat(books.count("payments", other.caller)).isZero();
    }

    @Test
    void aHundredOnOneInvoiceAreNeverMoreThanItAsksFor() throws SQLException {
        Company company = new Company();
        List<KeyedPayload<NewPayment>> asked = Stream.generate(TestBooks::newKey)
                .limit(100)
                .map((Key key) -> new KeyedPayload<>(key, new NewPayment(company.euros, "1.01", "EUR", null, null)))
                .toList();
        List<String> told = told(company.together(asked));
        assertThat(told).filteredOn("OVERPAYMENT"::equals).hasSize(1);
        assertThat(books.count("payments", company.caller)).isEqualTo(99);
        assertThat(books.invoice(company.caller, company.euros).paid()).isEqualTo("99.99");
    }
}
