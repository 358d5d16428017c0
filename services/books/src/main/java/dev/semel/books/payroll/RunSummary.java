package dev.semel.books.payroll;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payroll run without its payslips. Amounts are decimals with the currency's fraction digits. Immutable.
 *
 * @param total what was earned, before deductions
 * @param deducted what of it the employees do not get
 * @param contributed what the employer pays on top
 * @param net what the employees get: total without deducted
 * @param reversedAt when it was reversed; null as long as it stands
 * @param reversalReason why, if that was said
 */
public record RunSummary(
        UUID id,
        String period,
        String currency,
        String status,
        String total,
        String deducted,
        String contributed,
        String net,
        int payslipCount,
        Instant createdAt,
        @Nullable Instant reversedAt,
        @Nullable String reversalReason) {
    static final String EXECUTED = "executed";
    static final String REVERSED = "reversed";
}
