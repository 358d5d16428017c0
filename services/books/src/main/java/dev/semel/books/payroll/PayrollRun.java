package dev.semel.books.payroll;

import dev.semel.spring.web.Page;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payroll run. Amounts as in {@link RunSummary}. Immutable.
 *
 * @param payslips all of them, or as many from the first as one answer holds
 * @param nextCursor where the list of the run's payslips goes on; null if all are here
 */
public record PayrollRun(
        UUID id,
        String period,
        String currency,
        String status,
        String total,
        String deducted,
        String contributed,
        String net,
        int payslipCount,
        List<Payslip> payslips,
        @Nullable String nextCursor,
        Instant createdAt,
        @Nullable Instant reversedAt,
        @Nullable String reversalReason) {
    /** Copies the payslips. */
    public PayrollRun {
        payslips = List.copyOf(payslips);
    }

    static PayrollRun of(RunSummary run, Page<Payslip> payslips) {
        return new PayrollRun(
                run.id(),
                run.period(),
                run.currency(),
                run.status(),
                run.total(),
                run.deducted(),
                run.contributed(),
                run.net(),
                run.payslipCount(),
                payslips.items(),
                payslips.nextCursor(),
                run.createdAt(),
                run.reversedAt(),
                run.reversalReason());
    }
}
