package dev.semel.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.InvalidPayloadException;
import dev.semel.books.customers.NewCustomer;
import dev.semel.books.invoices.FinalizeInvoice;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import dev.semel.books.payments.NewPayment;
import dev.semel.jackson.JacksonCodec;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken and what is refused, from JSON to violations. */
class PayloadTest {
    private static final JacksonCodec CODEC = JacksonCodec.ofDefaults();
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();
    private static final String ID = "6f1f1c1e-0000-5000-8000-000000000000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'100.00'",
                "100.00",
                "100",
                "1e2",
                "'1'",
                "0.01",
                "'999999999999999.99'",
                "999999999999999.99",
                "'0001.50'"
            })
    void amountIsAStringOrANumber(String amount) {
        assertThat(violations(payment(amount, "'EUR'"), NewPayment.class)).isEmpty();
    }

    @Test
    void amountIsNormalised() {
        assertThat(read(payment("1e2", "'EUR'"), NewPayment.class).amount()).isEqualTo("100");
        assertThat(read(payment("0.10", "'EUR'"), NewPayment.class).amount()).isEqualTo("0.10");
        assertThat(read(payment("12345678901234567.89", "'EUR'"), NewPayment.class)
                        .amount())
                .isEqualTo("12345678901234567.89");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'-1'",
                "-1",
                "'+1'",
                "'1e2'",
                "' 1'",
                "'1 '",
                "'1,50'",
                "'1.'",
                "'.5'",
                "''",
                "'0'",
                "0",
                "0.00",
                "'0x1'",
                "'NaN'",
                "'1_000'",
                "'\u0661'",
                "'1000000000000000'",
                "1000000000000000",
                "1e99",
                "1e-99",
                "'0.001'",
                "0.001",
                "'1.001'",
                "null"
            })
    void otherAmountsAreRefused(String amount) {
        assertThat(violations(payment(amount, "'EUR'"), NewPayment.class))
                .hasSize(1)
                .allMatch(v -> v.startsWith("amount "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "[1]", "{}", "['1']"})
    void amountOfAnotherKindIsRefused(String amount) {
        assertUnbound(payment(amount, "'EUR'"), NewPayment.class, "/amount");
    }

    @ParameterizedTest
    @CsvSource({
        "JPY, 1, true",
        "JPY, 1.0, true",
        "JPY, 1.1, false",
        "EUR, 1.00, true",
        "EUR, 1.000, true",
        "EUR, 1.001, false",
        "KWD, 1.000, true",
        "KWD, 1.0001, false",
        "CLF, 1.0000, true"
    })
    void amountHasNoMoreDigitsThanItsCurrency(String currency, String amount, boolean taken) {
        assertThat(violations(payment("'" + amount + "'", "'" + currency + "'"), NewPayment.class)
                        .isEmpty())
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'eur'", "'EURO'", "''", "'ZZZ'", "'XAU'", "'E\u0000R'", "null"})
    void unknownCurrencyIsRefusedOnce(String currency) {
        assertThat(violations(payment("'1'", currency), NewPayment.class))
                .hasSize(1)
                .allMatch(v -> v.startsWith("currency "));
        assertThat(violations(invoice(currency, line("'1'", "'1'")), NewInvoice.class))
                .hasSize(1)
                .allMatch(v -> v.startsWith("currency "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'x'",
                "''",
                "1",
                "'6f1f1c1e000050008000000000000000'",
                "'AAAAAAAAAAAAAAAAAAAAAA=='",
                "'1-1-1-1-1'",
                "[]"
            })
    void idThatIsNoneIsRefused(String id) {
        assertUnbound("{'invoiceId':" + id + ",'amount':'1','currency':'EUR'}", NewPayment.class, "/invoiceId");
    }

    @Test
    void missingMembersAreNamedAllAtOnce() {
        assertThat(violations("{}", NewPayment.class))
                .extracting(v -> v.substring(0, v.indexOf(' ')))
                .containsExactlyInAnyOrder("invoiceId", "amount", "currency");
        assertThat(violations("{}", NewInvoice.class))
                .extracting(v -> v.substring(0, v.indexOf(' ')))
                .containsExactlyInAnyOrder("customerId", "currency", "lines");
        assertThat(violations("{'customerId':'" + ID + "','currency':'EUR','lines':[{}]}", NewInvoice.class))
                .extracting(v -> v.substring(0, v.indexOf(' ')))
                .containsExactlyInAnyOrder("lines[0].description", "lines[0].quantity", "lines[0].unitPrice");
    }

    @Test
    void finalizationTakesAnEmptyObjectOnly() {
        assertThat(read("{}", FinalizeInvoice.class)).isEqualTo(new FinalizeInvoice());
        assertUnbound("{'id':1}", FinalizeInvoice.class, "/id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'0'|'1'|lines[0].quantity",
                "'0.0000001'|'1'|lines[0].quantity",
                "-1|'1'|lines[0].quantity",
                "'1'|'-1'|lines[0].unitPrice",
                "'1'|'0.0000001'|lines[0].unitPrice",
                "'999999999999999'|'999999999999999'|lines",
                "'1000000'|'1000000000'|lines"
            },
            quoteCharacter = '"')
    void lineOutOfBoundsIsRefusedAtItsPlace(String quantity, String unitPrice, String place) {
        assertThat(violations(invoice("'EUR'", line(quantity, unitPrice)), NewInvoice.class))
                .hasSize(1)
                .allMatch(v -> v.startsWith(place + " "));
    }

    @Test
    void goodLinesAreTaken() {
        String lines = line("0.000001", "0") + "," + line("'1.5'", "'0.000001'") + "," + line("1e3", "99.99");
        assertThat(violations(invoice("'EUR'", lines), NewInvoice.class)).isEmpty();
    }

    @Test
    void secondLinesFindingHasItsIndex() {
        assertThat(violations(invoice("'EUR'", line("1", "1") + "," + line("0", "1")), NewInvoice.class))
                .containsExactly("lines[1].quantity must be greater than 0");
    }

    @Test
    void numberOfLinesIsBounded() {
        NewInvoiceLine line = new NewInvoiceLine("x", "1", "1");
        assertThat(violations(withLines(List.of()))).containsExactly("lines size must be between 1 and 1000");
        assertThat(violations(withLines(Collections.nCopies(1000, line)))).isEmpty();
        assertThat(violations(withLines(Collections.nCopies(1001, line))))
                .containsExactly("lines size must be between 1 and 1000");
        assertThat(violations(invoice("'EUR'", "null"), NewInvoice.class)).hasSize(1);
    }

    @Test
    void dueDateBeyondTheCalendarIsRefused() {
        String json = invoice("'EUR','dueDate':'0000-01-01'", line("1", "1"));
        assertThat(violations(json, NewInvoice.class)).containsExactly("dueDate must be in the years 1 to 9999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'2026-02-30'",
                "'24.12.2026'",
                "20261224",
                "[2026,12,24]",
                "''",
                "'tomorrow'",
                "'+10000-01-01'",
                "'-0001-12-31'",
                "'2026-12-24T00:00:00Z'",
                "'2026-1-1'",
                "true"
            })
    void dueDateThatIsNoDateIsRefused(String dueDate) {
        assertUnbound(invoice("'EUR','dueDate':" + dueDate, line("1", "1")), NewInvoice.class, "/dueDate");
    }

    @Test
    void nameIsAnyTextOfTwoHundredCharacters() {
        assertThat(customerViolations("\uD83D\uDE00".repeat(200), null)).isEmpty();
        assertThat(customerViolations("\uD83D\uDE00".repeat(201), null)).hasSize(1);
        assertThat(customerViolations("x\ny", null)).hasSize(1);
        assertThat(customerViolations("x\u0085y", null)).hasSize(1);
        assertThat(customerViolations("   ", null)).hasSize(1);
        assertThat(customerViolations("", null)).isNotEmpty();
        assertThat(customerViolations("\u0634\u0631\u0643\u0629 \u200F", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a.b+c@example.org", "\u00FC@b\u00FCcher.example"})
    void emailIsTaken(String email) {
        assertThat(customerViolations("Ada", email)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a@", "@b", "a@b@c", "a b@c", "a@b c", "a\u00A0@b", "a@b\n"})
    void emailThatIsNoneIsRefused(String email) {
        assertThat(customerViolations("Ada", email)).isNotEmpty();
    }

    @Test
    void emailIsNotLongerThanAMailServerTakes() {
        assertThat(customerViolations("Ada", "a".repeat(64) + "@" + "b".repeat(189)))
                .isEmpty();
        assertThat(customerViolations("Ada", "a".repeat(64) + "@" + "b".repeat(190)))
                .isNotEmpty();
    }

    private static List<String> customerViolations(String name, String email) {
        return violations(new NewCustomer(name, email));
    }

    private static NewInvoice withLines(List<NewInvoiceLine> lines) {
        return new NewInvoice(UUID.fromString(ID), "EUR", null, lines);
    }

    private static String payment(String amount, String currency) {
        return "{'invoiceId':'" + ID + "','amount':" + amount + ",'currency':" + currency + "}";
    }

    private static String invoice(String currency, String lines) {
        return "{'customerId':'" + ID + "','currency':" + currency + ",'lines':[" + lines + "]}";
    }

    private static String line(String quantity, String unitPrice) {
        return "{'description':'x','quantity':" + quantity + ",'unitPrice':" + unitPrice + "}";
    }

    private static <T> List<String> violations(String json, Class<T> type) {
        return violations(read(json, type));
    }

    private static List<String> violations(Object payload) {
        return VALIDATOR.validate(payload).stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .toList();
    }

    private static <T> T read(String json, Class<T> type) {
        return CODEC.read(bytes(json), type);
    }

    private static void assertUnbound(String json, Class<?> type, String pointer) {
        assertThatExceptionOfType(InvalidPayloadException.class)
                .isThrownBy(() -> CODEC.read(bytes(json), type))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("VALIDATION_FAILED");
                    assertThat(failure.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.pointer()).isEqualTo(pointer));
                });
    }

    private static byte[] bytes(String json) {
        return json.replace("\u0000", "\\u0000").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
