package dev.semel.cli.demo.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.cli.CliException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleCompanyTest {

    private final SampleCompany company = SampleCompany.read(Path.of(System.getProperty("semel.samples")));

    @Test
    void thereIsEnoughOfEverything() {
        assertThat(company.customers()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(company.invoices()).hasSizeGreaterThanOrEqualTo(300);
        assertThat(company.payments()).hasSizeGreaterThanOrEqualTo(500);
        assertThat(company.invoices())
                .extracting(invoice -> invoice.currency().getCurrencyCode())
                .contains("EUR", "USD", "GBP", "JPY", "CHF", "KWD");
    }

    @Test
    void everyReferenceIsUniqueAndFitToBeAKey() {
        assertReferences(company.customers(), SampleCustomer::reference);
        assertReferences(company.invoices(), SampleInvoice::reference);
        assertReferences(company.payments(), SamplePayment::reference);
    }

    @Test
    void everyReferencedRowExists() {
        Set<String> customers =
                company.customers().stream().map(SampleCustomer::reference).collect(Collectors.toSet());
        Set<String> invoices =
                company.invoices().stream().map(SampleInvoice::reference).collect(Collectors.toSet());

        assertThat(company.invoices()).extracting(SampleInvoice::customer).isSubsetOf(customers);
        assertThat(company.payments()).extracting(SamplePayment::invoice).isSubsetOf(invoices);
    }

    @Test
    void namesAreOddButValid() {
        assertThat(company.customers())
                .extracting(SampleCustomer::name)
                .allSatisfy(name -> assertThat(name).isNotBlank().hasSizeLessThanOrEqualTo(200))
                .anyMatch(name -> name.length() == 200)
                .anyMatch(name -> name.contains("'"))
                .anyMatch(name -> name.contains("\""))
                .anyMatch(name -> name.contains(","))
                .anyMatch(name -> name.contains("ü"))
                .anyMatch(SampleCompanyTest::isRightToLeft)
                .anyMatch(name -> name.codePoints().anyMatch(Character::isIdeographic))
                .anyMatch(name -> name.codePoints().anyMatch(Character::isSupplementaryCodePoint));
        assertThat(company.customers()).extracting(SampleCustomer::email).containsNull();
    }

    @Test
    void everyInvoiceHasItsLinesInOrderAndSumsToItsTotal() {
        assertThat(company.invoices()).allSatisfy(invoice -> {
            assertThat(invoice.lines()).hasSizeBetween(1, 6);
            for (int line = 0; line < invoice.lines().size(); line++) {
                assertThat(invoice.lines().get(line).number()).isEqualTo(line + 1);
            }
            assertThat(sum(invoice)).isEqualByComparingTo(invoice.total());
            assertThat(invoice.total()).isPositive();
        });
    }

    @Test
    void noLineNeedsRounding() {
        assertThat(company.invoices())
                .allSatisfy(invoice -> assertThat(invoice.lines())
                        .allSatisfy(line -> assertThat(line.total(digits(invoice.currency())))
                                .isEqualByComparingTo(line.quantity().multiply(line.unitPrice()))));
    }

    @Test
    void everyAmountHasItsCurrencysDecimals() {
        assertThat(company.invoices()).allSatisfy(invoice -> {
            assertThat(invoice.total().scale()).isEqualTo(digits(invoice.currency()));
            assertThat(invoice.lines())
                    .allSatisfy(line -> assertThat(line.unitPrice().scale()).isEqualTo(digits(invoice.currency())));
        });
        assertThat(company.payments())
                .allSatisfy(payment -> assertThat(payment.amount().scale()).isEqualTo(digits(payment.currency())));
    }

    @Test
    void paymentsAreInTheInvoicesCurrencyAndNeverTooMuch() {
        Map<String, SampleInvoice> invoices =
                company.invoices().stream().collect(Collectors.toMap(SampleInvoice::reference, Function.identity()));

        assertThat(company.payments()).allSatisfy(payment -> {
            assertThat(payment.amount()).isPositive();
            assertThat(payment.currency())
                    .isEqualTo(invoices.get(payment.invoice()).currency());
        });
        assertThat(company.invoices())
                .allSatisfy(invoice -> assertThat(company.paidFor(invoice)).isLessThanOrEqualTo(invoice.total()));
    }

    @Test
    void someAreUnpaidSomePaidInPartAndSomeByManyPayments() {
        Map<String, Long> payments = company.payments().stream()
                .collect(Collectors.groupingBy(SamplePayment::invoice, Collectors.counting()));

        assertThat(company.invoices()).anyMatch(invoice -> !payments.containsKey(invoice.reference()));
        assertThat(company.invoices()).anyMatch(this::isPaidInPart);
        assertThat(payments.values()).anyMatch(count -> count >= 10);
    }

    @Test
    void amountsAreTinyAndHuge() {
        List<BigDecimal> prices = company.invoices().stream()
                .flatMap(invoice -> invoice.lines().stream())
                .map(SampleLine::unitPrice)
                .toList();

        assertThat(prices).anyMatch(price -> price.compareTo(new BigDecimal("0.01")) <= 0);
        assertThat(prices).anyMatch(price -> price.compareTo(new BigDecimal("100000000")) >= 0);
    }

    @Test
    void aFolderWithoutTheFilesIsRefused() {
        assertThatThrownBy(() -> SampleCompany.read(Path.of("src")))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("customers.csv");
    }

    private boolean isPaidInPart(SampleInvoice invoice) {
        BigDecimal paid = company.paidFor(invoice);
        return paid.signum() > 0 && paid.compareTo(invoice.total()) < 0;
    }

    private static BigDecimal sum(SampleInvoice invoice) {
        return invoice.lines().stream()
                .map(line -> line.total(digits(invoice.currency())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static int digits(Currency currency) {
        return currency.getDefaultFractionDigits();
    }

    private static boolean isRightToLeft(String name) {
        return name.codePoints()
                .anyMatch(point -> Character.getDirectionality(point) == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    }

    private static <T> void assertReferences(List<T> rows, Function<T, String> reference) {
        assertThat(rows)
                .extracting(reference)
                .doesNotHaveDuplicates()
                .allMatch(Pattern.compile("[A-Z]{1,3}-\\d{3,4}").asMatchPredicate());
    }
}
