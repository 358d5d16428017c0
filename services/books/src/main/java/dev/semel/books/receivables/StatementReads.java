package dev.semel.books.receivables;

import dev.semel.books.customers.CustomerTable;
import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.Period;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Customers' statements. Works in the transaction of its caller. */
public final class StatementReads {
    private final CustomerTable customers;
    private final CustomerReceivables receivables;
    private final CompanyDays days;

    /** Reads from those tables. */
    public StatementReads(CustomerTable customers, CustomerReceivables receivables, CompanyDays days) {
        this.customers = customers;
        this.receivables = receivables;
        this.days = days;
    }

    /**
     * A page of the customer's statement; its balances are those of the whole statement.
     *
     * @throws dev.semel.RejectedException if the tenant has no such customer
     */
    public CustomerStatement find(
            String tenant, UUID customer, @Nullable LocalDate from, @Nullable LocalDate to, PageRequest request) {
        if (!customers.exists(tenant, customer)) {
            throw PathIds.notFound("customer");
        }
        Period period = days.period(tenant, from, to);
        Page<ReceivableLine> page = receivables.page(tenant, customer, period, request);
        return new CustomerStatement(
                customer,
                from,
                to,
                opening(tenant, customer, period),
                receivables.owed(tenant, customer, period),
                page.items(),
                page.nextCursor());
    }

    private SortedMap<String, String> opening(String tenant, UUID customer, Period period) {
        return period.from() == null
                ? Collections.emptySortedMap()
                : receivables.owed(tenant, customer, new Period(null, period.from()));
    }
}
