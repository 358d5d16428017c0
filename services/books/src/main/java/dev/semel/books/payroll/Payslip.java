package dev.semel.books.payroll;

import java.util.List;
import java.util.UUID;

/**
 * What one employee gets in one run. Amounts are decimals with the currency's fraction digits. Immutable.
 *
 * @param slipNo runs without gaps per run, from 1
 * @param gross the salary
 * @param deducted what of it the employee does not get
 * @param contributed what the employer pays on top
 * @param net gross without deducted
 */
public record Payslip(
        long slipNo,
        UUID employeeId,
        String gross,
        String deducted,
        String contributed,
        String net,
        List<Line> deductions) {
    /** Copies the deductions. */
    public Payslip {
        deductions = List.copyOf(deductions);
    }

    /** One deduction of one payslip. Immutable. */
    public record Line(String name, PaidBy paidBy, String amount) {}
}
