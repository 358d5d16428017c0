package dev.semel.books.settings;

import dev.semel.books.input.Finding;
import dev.semel.books.money.Currencies;
import dev.semel.books.money.Decimals;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with settings beyond their members' patterns. Used once. */
final class SettingsFindings {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final int MAX_DIGITS = 6;

    private final NewSettings settings;
    private final List<Finding> findings = new ArrayList<>();

    SettingsFindings(NewSettings settings) {
        this.settings = settings;
    }

    List<Finding> list() {
        String legalName = settings.legalName();
        check("legalName", legalName == null || !legalName.isBlank(), "must not be blank");
        String currency = settings.baseCurrency();
        check("baseCurrency", currency == null || Currencies.find(currency).isPresent(), Currencies.MESSAGE);
        String zone = settings.timezone();
        check("timezone", zone == null || isZone(zone), "must be a time zone such as Europe/Vienna");
        checkDeductions(settings.deductions());
        return List.copyOf(findings);
    }

    private static boolean isZone(String zone) {
        return ZoneId.getAvailableZoneIds().contains(zone);
    }

    private void checkDeductions(@Nullable List<Deduction> deductions) {
        if (deductions == null || deductions.size() > NewSettings.MAX_DEDUCTIONS) {
            return;
        }
        BigDecimal taken = BigDecimal.ZERO;
        for (int i = 0; i < deductions.size(); i++) {
            taken = taken.add(checkDeduction(i, deductions.get(i)));
        }
        check("deductions", taken.compareTo(ALL) <= 0, "must not take more than 100 percent from employees");
    }

    /** What it takes from the employee. */
    private BigDecimal checkDeduction(int index, @Nullable Deduction deduction) {
        @Nullable
        BigDecimal percent =
                deduction == null ? null : Decimals.find(deduction.percent()).orElse(null);
        if (deduction == null || percent == null) {
            return BigDecimal.ZERO;
        }
        if (percent.signum() == 0 || percent.compareTo(ALL) > 0) {
            findings.add(new Finding.ElementMember(
                    "deductions", index, "percent", "must be greater than 0 and not greater than 100"));
            return BigDecimal.ZERO;
        }
        if (percent.stripTrailingZeros().scale() > MAX_DIGITS) {
            findings.add(new Finding.ElementMember(
                    "deductions", index, "percent", "must have at most " + MAX_DIGITS + " fraction digits"));
        }
        return "employee".equals(deduction.paidBy()) ? percent : BigDecimal.ZERO;
    }

    private void check(String member, boolean right, String message) {
        if (!right) {
            findings.add(new Finding.Member(member, message));
        }
    }
}
