package dev.semel.books.receivables;

import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.Period;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Aged receivables. Works in the transaction of its caller. */
public final class AgingReads {
    private final AgedReceivables receivables;
    private final CompanyDays days;

    /** Reads from that account. */
    public AgingReads(AgedReceivables receivables, CompanyDays days) {
        this.receivables = receivables;
        this.days = days;
    }

    /** A page of what is owed at the end of that day of the company's; null means now. */
    public Aging find(String tenant, @Nullable LocalDate asOf, PageRequest request) {
        LocalDate day = asOf == null ? days.today(tenant) : asOf;
        Period period = days.period(tenant, null, asOf);
        AgeLimits limits = AgeLimits.of(tenant, day, days);
        Page<AgedCustomer> page = receivables.page(tenant, period, limits, request);
        return new Aging(day, page.items(), receivables.totals(tenant, period, limits), page.nextCursor());
    }
}
