package dev.semel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.cli.demo.fake.FakeSemel;
import dev.semel.cli.demo.fake.Fault;
import dev.semel.cli.demo.samples.SampleCompany;
import dev.semel.cli.demo.samples.SampleCustomer;
import dev.semel.cli.demo.samples.SampleInvoice;
import dev.semel.cli.demo.samples.SamplePayment;
import dev.semel.cli.demo.tally.Count;
import dev.semel.cli.demo.tally.Problems;
import dev.semel.cli.demo.tally.Stage;
import dev.semel.cli.demo.tally.Tally;
import dev.semel.cli.demo.verify.ExpectedBooks;
import dev.semel.cli.demo.verify.HttpCheck;
import dev.semel.cli.demo.verify.SemelApi;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class DemoTest {

    private static final String TOKEN = "secret";

    private final SampleCompany company = excerpt(SampleCompany.read(Path.of(System.getProperty("semel.samples"))));
    private final Problems problems = new Problems();

    @Test
    void aServerThatKeepsItsPromiseSurvivesTheBadNetworkAndTwoKills() throws Exception {
        try (FakeSemel server = new FakeSemel(Fault.NONE, TOKEN)) {
            DemoResult result = play(server);

            assertThat(problems.all()).isEmpty();
            assertThat(server.kills()).isEqualTo(2);
            assertThat(result.kills()).hasSize(2);
            assertThat(result.ids().payments()).hasSize(company.payments().size());
        }
    }

    @Test
    void everyRequestIsCountedExactlyOnce() throws Exception {
        try (FakeSemel server = new FakeSemel(Fault.NONE, TOKEN)) {
            Tally payments = tally(play(server), Stage.PAYMENTS);

            assertThat(payments.sent())
                    .isGreaterThanOrEqualTo(2L * company.payments().size());
            assertThat(payments.get(Count.EXECUTED))
                    .isPositive()
                    .isLessThanOrEqualTo(company.payments().size());
            assertThat(payments.get(Count.REPLAYED)).isPositive();
            assertThat(payments.get(Count.REFUSED)).isPositive();
            assertThat(payments.get(Count.LOST)).isPositive();
            assertThat(payments.get(Count.FAILED)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXECUTES_EVERY_COPY      | executed twice (two answers 201)",
                "BOOKS_TWICE              | was never asked for",
                "LOSES_PAYMENTS           | is missing",
                "CHANGES_AMOUNTS          | instead of",
                "REWRITES_REPLAYS         | two answers differ",
                "ACCEPTS_CHANGED_PAYLOADS | a changed payload under the same key was accepted",
                "WRONG_HEADER             | 200 with Idempotency-Replayed: false",
                "FAILS                    | 500",
                "UNBALANCED               | is off by 1",
                "SKIPS_NUMBERS            | have gaps",
                "MANGLES_NAMES            | customers over HTTP: C-001 is"
            })
    void aServerThatBreaksItsPromiseIsFoundOut(Fault fault, String problem) throws Exception {
        try (FakeSemel server = new FakeSemel(fault, TOKEN)) {
            play(server);

            assertThat(problems.all()).anySatisfy(found -> assertThat(found).contains(problem));
        }
    }

    private DemoResult play(FakeSemel server) throws InterruptedException {
        Screen screen =
                new Screen(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false, false);
        DemoResult result = new Demo(server, TOKEN, 42, screen).run(company, problems);
        ExpectedBooks expected = new ExpectedBooks(company, result.ids());
        new HttpCheck(new SemelApi(server.address(), TOKEN), expected, problems).verify();
        return result;
    }

    private static Tally tally(DemoResult result, Stage stage) {
        return result.phases().stream()
                .filter(phase -> phase.stage() == stage)
                .findFirst()
                .orElseThrow()
                .tally();
    }

    /** The first customers, and of their invoices some with all payments: enough to be odd, few enough to be fast. */
    private static SampleCompany excerpt(SampleCompany whole) {
        List<SampleCustomer> customers = whole.customers().subList(0, 15);
        Set<String> names = customers.stream().map(SampleCustomer::reference).collect(Collectors.toSet());
        List<SampleInvoice> invoices = whole.invoices().stream()
                .filter(invoice -> names.contains(invoice.customer()))
                .limit(20)
                .toList();
        Set<String> references = invoices.stream().map(SampleInvoice::reference).collect(Collectors.toSet());
        List<SamplePayment> payments = whole.payments().stream()
                .filter(payment -> references.contains(payment.invoice()))
                .toList();
        return new SampleCompany(customers, invoices, payments);
    }
}
