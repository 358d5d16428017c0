package dev.semel.books.payroll;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.spring.web.Collisions;
import dev.semel.spring.web.PathIds;
import java.util.UUID;

/**
 * Reverses a payroll run that was wrong: its entry is taken back by one that names it, the run and its payslips stay, and the month
 * can be paid again, by whom and by what deductions are right then.
 */
public final class PayrollReversal {
    /** Emitted with the reversed {@link RunSummary}. */
    public static final String EVENT = "payroll.reversed";

    private final PayrollRunTable runs;
    private final JournalEntryTable journal;

    /** Writes into those tables. */
    public PayrollReversal(PayrollRunTable runs, JournalEntryTable journal) {
        this.runs = runs;
        this.journal = journal;
    }

    /**
     * The body of the write.
     *
     * @param id the run's, as the path has it
     * @throws RejectedException if there is none, or it is reversed already
     */
    public RunSummary handle(String id, Write<ReversePayrollRun> write) {
        String tenant = write.tenant();
        RunSummary run = lockStanding(PathIds.parse(id, "payroll run"), write);
        RunSummary reversed =
                runs.reverse(tenant, run.id(), write.resultId(), write.payload().reason());
        if (run.payslipCount() > 0) { // else nothing was posted
            journal.reverse(
                    tenant, write.derivedId("journal"), "reversePayrollRun", run.id(), ExecutePayroll.OPERATION);
        }
        write.emit(EVENT, "payroll:" + run.id(), reversed);
        return reversed;
    }

    private RunSummary lockStanding(UUID id, Write<?> write) {
        RunSummary run = runs.lock(write.tenant(), id).orElseThrow(() -> PathIds.notFound("payroll run"));
        if (runs.findReversed(write.tenant(), write.resultId()).isPresent()) {
            throw Collisions.doneBefore();
        }
        if (run.reversedAt() != null) {
            throw RejectedException.conflict("PAYROLL_ALREADY_REVERSED", "The payroll run is reversed already.");
        }
        return run;
    }
}
