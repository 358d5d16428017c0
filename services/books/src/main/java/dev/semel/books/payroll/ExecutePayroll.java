package dev.semel.books.payroll;

import dev.semel.Handler;
import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.books.ledger.Account;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.ledger.Posting;
import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Pays a month: a payslip for every active employee who earns in the currency, and one journal entry over all of them. A
 * month is paid once per currency. Where nobody earns, there is nothing to post.
 */
public final class ExecutePayroll implements Handler<NewPayrollRun, PayrollRun> {
    /** Emitted with the {@link RunSummary}. */
    public static final String EVENT = "payroll.executed";

    static final String OPERATION = "executePayroll";

    private final PayrollRunTable runs;
    private final RunDeductionTable deductions;
    private final PayslipTable payslips;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public ExecutePayroll(
            PayrollRunTable runs, RunDeductionTable deductions, PayslipTable payslips, JournalEntryTable journal) {
        this.runs = runs;
        this.deductions = deductions;
        this.payslips = payslips;
        this.journal = journal;
    }

    @Override
    public PayrollRun handle(Write<NewPayrollRun> write) {
        String tenant = write.tenant();
        UUID id = write.resultId();
        if (!runs.claim(tenant, id, write.payload())) {
            throw RejectedException.conflict("PAYROLL_ALREADY_EXECUTED", "The month is paid in this currency already.");
        }
        deductions.keep(tenant, id);
        RunSummary run = payslips.pay(tenant, id, write.payload().currency());
        if (run.payslipCount() > 0) {
            journal.post(tenant, posting(write, run));
        }
        write.emit(EVENT, "payroll:" + id, run);
        return new PayrollReads(runs, deductions, payslips).complete(tenant, run);
    }

    private static Posting posting(Write<?> write, RunSummary run) {
        Money contributed = sum(run.contributed(), run);
        Money owed = sum(run.deducted(), run).plus(contributed);
        return new Posting(
                write.derivedId("journal"),
                OPERATION,
                write.resultId(),
                lines(
                        new Posting.Line(Account.WAGES, sum(run.total(), run)),
                        new Posting.Line(Account.CONTRIBUTIONS, contributed)),
                lines(
                        new Posting.Line(Account.WAGES_PAYABLE, sum(run.net(), run)),
                        new Posting.Line(Account.DEDUCTIONS_PAYABLE, owed)));
    }

    /** A sum may have more digits than any amount that is taken from a client. */
    private static Money sum(String amount, RunSummary run) {
        return new Money(new BigDecimal(amount), Currencies.require(run.currency()));
    }

    private static List<Posting.Line> lines(Posting.Line... lines) {
        return Stream.of(lines).filter(line -> !line.amount().isZero()).toList();
    }
}
