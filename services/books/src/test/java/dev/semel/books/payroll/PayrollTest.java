package dev.semel.books.payroll;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.books.settings.Deduction;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class PayrollTest {
    private static final String MONTH = "2026-11";

    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    PayrollTest(TestBooks books) {
        this.books = books;
    }

    @Test
    void everyActiveEmployeeWhoEarnsInTheCurrencyIsPaid() {
        UUID ada = books.employee(caller, "3000.50", "EUR").id();
        UUID grace = books.employee(caller, "4000", "EUR").id();
        UUID gone = books.employee(caller, "5000", "EUR").id();
        books.leave(caller, TestBooks.newKey(), gone);
        books.employee(caller, "300000", "JPY");
        books.employee(TestBooks.newCaller(), "6000", "EUR");

        PayrollRun run = run("EUR").result();
        assertThat(run.status()).isEqualTo("executed");
        assertThat(run.period()).isEqualTo(MONTH);
        assertThat(run.total()).isEqualTo("7000.50");
        assertThat(run.payslipCount()).isEqualTo(2);
        assertThat(run.nextCursor()).isNull();
        assertThat(run.payslips()).extracting(Payslip::employeeId).containsExactly(ada, grace);
        assertThat(run.payslips()).extracting(Payslip::net).containsExactly("3000.50", "4000.00");
        assertThat(run("JPY").result().total()).isEqualTo("300000");
        assertThat(read(run.id())).isEqualTo(run);
        assertThat(books.events(caller)).contains("payroll.executed payroll:" + run.id());
    }

    @Test
    void deductionsAreRoundedEachToTheCurrencysDigits() {
        books.deductions(
                caller,
                new Deduction("Pension", "9.3", "employee"),
                new Deduction("Pension, employer", "9.3", "employer"),
                new Deduction("Health", "1.25", "employee"));
        books.employee(caller, "3333.33", "EUR");
        books.employee(caller, "1234", "JPY");
        books.employee(caller, "1.005", "KWD");

        assertThat(run("EUR").result().payslips())
                .containsExactly(slip("EUR", "3333.33", "351.67", "310.00", "2981.66", "310.00", "310.00", "41.67"));
        assertThat(run("JPY").result().payslips())
                .containsExactly(slip("JPY", "1234", "130", "115", "1104", "115", "115", "15"));
        assertThat(run("KWD").result().payslips())
                .containsExactly(slip("KWD", "1.005", "0.106", "0.093", "0.899", "0.093", "0.093", "0.013"));
    }

    private Payslip slip(
            String currency, String gross, String deducted, String contributed, String net, String... lines) {
        UUID employee = run(currency, MONTH).payslips().get(0).employeeId();
        return new Payslip(
                1,
                employee,
                gross,
                deducted,
                contributed,
                net,
                List.of(
                        new Payslip.Line("Pension", PaidBy.EMPLOYEE, lines[0]),
                        new Payslip.Line("Pension, employer", PaidBy.EMPLOYER, lines[1]),
                        new Payslip.Line("Health", PaidBy.EMPLOYEE, lines[2])));
    }

    private PayrollRun run(String currency, String month) {
        return books.semel().read(caller.tenant(), connection -> {
            RunSummary found = new PayrollRunTable(books.jdbc())
                    .page(caller.tenant(), new PageRequest(500, null)).items().stream()
                            .filter(one -> one.currency().equals(currency)
                                    && one.period().equals(month))
                            .findAny()
                            .orElseThrow();
            return reads().find(caller.tenant(), found.id()).orElseThrow();
        });
    }

    @Test
    void deductionsNeverExceedTheSalaryHoweverTheyAreRounded() {
        books.deductions(
                caller,
                new Deduction("Half", "50", "employee"),
                new Deduction("Other half", "50", "employee"),
                new Deduction("On top", "50", "employer"));
        books.employee(caller, "1", "JPY");
        Payslip slip = run("JPY").result().payslips().get(0);
        assertThat(slip.net()).isEqualTo("0");
        assertThat(slip.contributed()).isEqualTo("1");
        assertThat(slip.deductions()).extracting(Payslip.Line::amount).containsExactly("1", "0", "1");
    }

    @Test
    void payslipsArePostedAsOneBalancedEntryToTheLastCent() throws SQLException {
        books.deductions(
                caller, new Deduction("Tax", "33.333", "employee"), new Deduction("Pension", "7.77", "employer"));
        for (int i = 1; i <= 50; i++) {
            books.employee(caller, "1000." + (10 + i), "EUR");
        }
        PayrollRun run = run("EUR").result();
        BigDecimal net = sum(run, Payslip::net);
        BigDecimal owed = sum(run, Payslip::deducted).add(sum(run, Payslip::contributed));
        assertThat(sum(run, Payslip::gross)).isEqualByComparingTo(run.total());
        assertThat(lines(run.id()))
                .containsExactly(
                        "6000 " + sum(run, Payslip::gross) + " 0.00",
                        "6100 " + sum(run, Payslip::contributed) + " 0.00",
                        "2100 0.00 " + net,
                        "2200 0.00 " + owed);
        assertThat(books.count("journal_entries", caller)).isEqualTo(1);
    }

    @Test
    void sumsMayHaveMoreDigitsThanAnySalary() {
        books.employee(caller, "600000000000000.00", "EUR");
        books.employee(caller, "600000000000000.00", "EUR");

        assertThat(run("EUR").result().total()).isEqualTo("1200000000000000.00");
    }

    @Test
    void largeDeductionIsRoundedOnce() {
        books.deductions(caller, new Deduction("Tax", "7.6543", "employee"));
        // 7.6543 % of it ends in .004999…: what is rounded to sixteen digits first ends in .005.
        books.employee(caller, "200000000000177.09", "EUR");

        BigDecimal exact = new BigDecimal("200000000000177.09")
                .multiply(new BigDecimal("0.076543"))
                .setScale(2, RoundingMode.HALF_UP);
        assertThat(run("EUR").result().deducted()).isEqualTo(exact.toPlainString());
    }

    @Test
    void secondRunOfAMonthIsRefusedAndLeavesNoRowAndAFreeKey() throws SQLException {
        books.employee(caller, "100", "EUR");
        run("EUR");
        Key key = TestBooks.newKey();
        assertRefused(Reason.CONFLICT, "PAYROLL_ALREADY_EXECUTED", () -> books.payroll(caller, key, MONTH, "EUR"));
        assertThat(books.count("payroll_runs", caller)).isEqualTo(1);
        assertThat(books.count("payslips", caller)).isEqualTo(1);
        assertThat(books.payroll(caller, key, "2026-12", "EUR").replayed()).isFalse();
    }

    @Test
    void monthIsPaidByOneOfManyAtOnce() throws Exception {
        books.employee(caller, "100", "EUR");
        List<Callable<Integer>> calls = Collections.nCopies(32, () -> {
            try {
                run("EUR");
                return 1;
            } catch (RejectedException e) {
                assertThat(e.code()).isEqualTo("PAYROLL_ALREADY_EXECUTED");
                return 0;
            }
        });
        ExecutorService pool = Executors.newFixedThreadPool(16);
        int paid = 0;
        try {
            for (Future<Integer> call : pool.invokeAll(calls)) {
                paid += call.get();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(paid).isEqualTo(1);
        assertThat(books.count("payslips", caller)).isEqualTo(1);
        assertThat(books.count("journal_entries", caller)).isEqualTo(1);
    }

    @Test
    void retryAfterTheKeyIsForgottenIsTheSameRun() throws SQLException {
        books.employee(caller, "100", "EUR");
        Key key = TestBooks.newKey();
        PayrollRun first = books.payroll(caller, key, MONTH, "EUR").result();
        books.employee(caller, "200", "EUR");
        books.forgetKeys(caller);
        Outcome<PayrollRun> again = books.payroll(caller, key, MONTH, "EUR");
        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(first);
        assertThat(books.count("payslips", caller)).isEqualTo(1);
    }

    @Test
    void monthInWhichNobodyEarnsIsExecutedWithNothingToPost() throws SQLException {
        PayrollRun run = run("EUR").result();
        assertThat(run.total()).isEqualTo("0.00");
        assertThat(run.payslips()).isEmpty();
        assertThat(books.count("journal_entries", caller)).isZero();
    }

    @Test
    void tenThousandEmployeesArePaidInOneTransaction() throws SQLException {
        books.deductions(
                caller, new Deduction("\"".repeat(50), "20", "employee"), new Deduction("Pension", "10", "employer"));
        books.asSuperuser("INSERT INTO semel_books.employees (tenant_id, id, name, salary_amount, salary_currency)"
                + " SELECT '" + caller.tenant() + "', gen_random_uuid(), 'Ada', 3000 + i / 100.0, 'EUR'"
                + " FROM generate_series(1, 10000) i");
        Key key = TestBooks.newKey();
        Outcome<PayrollRun> outcome = books.payroll(caller, key, MONTH, "EUR");
        PayrollRun run = outcome.result();
        assertThat(run.payslipCount()).isEqualTo(10_000);
        assertThat(outcome.snapshot().body().length).isBetween(2 << 20, 4 << 20);
        assertThat(run.nextCursor()).isNotNull();

        List<Payslip> all = new ArrayList<>(run.payslips());
        String cursor = run.nextCursor();
        while (cursor != null) {
            Page<Payslip> page = payslips(run.id(), new PageRequest(500, cursor));
            all.addAll(page.items());
            cursor = page.nextCursor();
        }
        assertThat(all).extracting(Payslip::employeeId).doesNotHaveDuplicates().hasSize(10_000);
        assertThat(all.stream().map(slip -> new BigDecimal(slip.net())).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(run.net());
        assertThat(books.count("journal_entries", caller)).isEqualTo(1);
        assertThat(books.payroll(caller, key, MONTH, "EUR").snapshot()).isEqualTo(outcome.snapshot());
    }

    private Outcome<PayrollRun> run(String currency) {
        return books.payroll(caller, TestBooks.newKey(), MONTH, currency);
    }

    private static BigDecimal sum(PayrollRun run, java.util.function.Function<Payslip, String> amount) {
        return run.payslips().stream().map(amount).map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private PayrollReads reads() {
        return new PayrollReads(
                new PayrollRunTable(books.jdbc()), new RunDeductionTable(books.jdbc()), new PayslipTable(books.jdbc()));
    }

    private PayrollRun read(UUID id) {
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> reads().find(caller.tenant(), id).orElseThrow());
    }

    private Page<Payslip> payslips(UUID id, PageRequest request) {
        return books.semel()
                .read(
                        caller.tenant(),
                        connection ->
                                reads().payslips(caller.tenant(), id, request).orElseThrow());
    }

    private List<String> lines(UUID source) {
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> books.jdbc()
                                .sql("""
                                SELECT account_code || ' ' || debit || ' ' || credit FROM semel_books.journal_lines
                                JOIN semel_books.journal_entries e USING (tenant_id)
                                WHERE tenant_id = ? AND e.id = entry_id AND e.source_id = ? ORDER BY line_no
                                """)
                                .params(caller.tenant(), source)
                                .query(String.class)
                                .list());
    }
}
