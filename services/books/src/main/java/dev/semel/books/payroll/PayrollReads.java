package dev.semel.books.payroll;

import dev.semel.spring.web.NumberPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Payroll runs with their payslips. Works in the transaction of its caller. */
public final class PayrollReads {
    /** What the payslips of one answer may take. 10,000 without deductions fit. */
    private static final int PAYSLIPS_BYTES = 4 << 20;

    private static final int PAYSLIP_BYTES = 256;
    private static final int DEDUCTION_BYTES = 80;

    private final PayrollRunTable runs;
    private final RunDeductionTable deductions;
    private final PayslipTable payslips;

    /** Reads from those tables. */
    public PayrollReads(PayrollRunTable runs, RunDeductionTable deductions, PayslipTable payslips) {
        this.runs = runs;
        this.deductions = deductions;
        this.payslips = payslips;
    }

    /** The tenant's run of that id. */
    public Optional<PayrollRun> find(String tenant, UUID id) {
        return runs.find(tenant, id).map(run -> complete(tenant, run));
    }

    Page<RunSummary> page(String tenant, PageRequest request) {
        return runs.page(tenant, request);
    }

    Optional<Page<Payslip>> payslips(String tenant, UUID id, PageRequest request) {
        NumberPosition after = NumberPosition.of(request);
        return runs.find(tenant, id)
                .map(run -> payslips.page(tenant, run, deductions.find(tenant, id), after, request.limit()));
    }

    /** The run with as many of its payslips as fit into an answer. */
    PayrollRun complete(String tenant, RunSummary run) {
        List<RunDeduction> taken = deductions.find(tenant, run.id());
        int limit = PAYSLIPS_BYTES / bytesOfOne(taken);
        return PayrollRun.of(run, payslips.page(tenant, run, taken, new NumberPosition(0), limit));
    }

    /** A bound: in JSON no character of a name takes more than twice its bytes. */
    private static int bytesOfOne(List<RunDeduction> taken) {
        int names = taken.stream()
                .mapToInt(deduction -> 2 * deduction.name().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return PAYSLIP_BYTES + taken.size() * DEDUCTION_BYTES + names;
    }
}
