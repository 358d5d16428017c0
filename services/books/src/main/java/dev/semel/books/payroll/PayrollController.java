package dev.semel.books.payroll;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of payroll runs and their payslips. */
@RestController
@RequestMapping("/api/payroll-runs")
public final class PayrollController {
    private final ExecutePayroll executePayroll;
    private final PayrollReversal reversal;
    private final PayrollReads payroll;
    private final TenantReads reads;

    /** Serves the handlers and the reads. */
    public PayrollController(
            ExecutePayroll executePayroll, PayrollReversal reversal, PayrollReads payroll, TenantReads reads) {
        this.executePayroll = executePayroll;
        this.reversal = reversal;
        this.payroll = payroll;
        this.reads = reads;
    }

    /** Pays a month. */
    @PostMapping
    @Gate("executePayroll")
    public PayrollRun execute(@RequestBody NewPayrollRun body, Write<NewPayrollRun> write) {
        return executePayroll.handle(write);
    }

    /** Reverses a run; its month can be paid again. */
    @PostMapping("/{id}/reverse")
    @Gate("reversePayrollRun")
    public RunSummary reverse(
            @PathVariable String id, @RequestBody ReversePayrollRun body, Write<ReversePayrollRun> write) {
        return reversal.handle(id, write);
    }

    /** The runs without their payslips, in the order of their execution. */
    @GetMapping
    public Page<RunSummary> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> payroll.page(tenant, page));
    }

    /** One run, with as many payslips as one answer holds. */
    @GetMapping("/{id}")
    public PayrollRun get(@PathVariable String id, HttpServletRequest request) {
        UUID run = PathIds.parse(id, "payroll run");
        return reads.read(request, tenant -> require(payroll.find(tenant, run)));
    }

    /** The run's payslips, in the order in which the employees were created. */
    @GetMapping("/{id}/payslips")
    public Page<Payslip> payslips(
            @PathVariable String id,
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        UUID run = PathIds.parse(id, "payroll run");
        return reads.read(request, tenant -> require(payroll.payslips(tenant, run, page)));
    }

    private static <T> T require(Optional<T> found) {
        return found.orElseThrow(() -> PathIds.notFound("payroll run"));
    }
}
