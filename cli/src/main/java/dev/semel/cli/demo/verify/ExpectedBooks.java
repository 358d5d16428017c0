package dev.semel.cli.demo.verify;

import dev.semel.cli.demo.samples.SampleCompany;
import dev.semel.cli.demo.samples.SampleCustomer;
import dev.semel.cli.demo.samples.SampleInvoice;
import dev.semel.cli.demo.samples.SamplePayment;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What the books must say when every line of the samples was written once. */
public final class ExpectedBooks {

    private final SampleCompany company;
    private final SampleIds ids;

    public ExpectedBooks(SampleCompany company, SampleIds ids) {
        this.company = company;
        this.ids = ids;
    }

    /** Customers by id. */
    Map<String, Expected> customers() {
        return byId(company.customers(), SampleCustomer::reference, ids.customers(), this::content);
    }

    /** Invoices by id. */
    Map<String, Expected> invoices() {
        return byId(company.invoices(), SampleInvoice::reference, ids.invoices(), this::content);
    }

    /** Payments by id. */
    Map<String, Expected> payments() {
        return byId(company.payments(), SamplePayment::reference, ids.payments(), this::content);
    }

    /** By currency, all that was ever debited: each invoice at its finalization, each payment. */
    SortedMap<String, BigDecimal> turnover() {
        SortedMap<String, BigDecimal> turnover = new TreeMap<>();
        company.invoices().forEach(i -> turnover.merge(i.currency().getCurrencyCode(), i.total(), BigDecimal::add));
        company.payments().forEach(p -> turnover.merge(p.currency().getCurrencyCode(), p.amount(), BigDecimal::add));
        return turnover;
    }

    /** How many journal entries there must be. */
    int journalEntries() {
        return company.invoices().size() + company.payments().size();
    }

    private String content(SampleCustomer customer) {
        return Content.customer(customer.name(), customer.email());
    }

    private String content(SampleInvoice invoice) {
        BigDecimal paid = company.paidFor(invoice);
        BigDecimal balance = invoice.total().subtract(paid);
        return Content.invoice(
                ids.customers().getOrDefault(invoice.customer(), "unknown"),
                balance.signum() == 0 ? "paid" : "final",
                new Content.Amounts(invoice.currency().getCurrencyCode(), invoice.total(), paid, balance));
    }

    private String content(SamplePayment payment) {
        return Content.payment(
                ids.invoices().getOrDefault(payment.invoice(), "unknown"),
                payment.amount(),
                payment.currency().getCurrencyCode());
    }

    private static <T> Map<String, Expected> byId(
            Collection<T> samples,
            Function<T, String> reference,
            Map<String, String> ids,
            Function<T, String> content) {
        Map<String, Expected> expected = new HashMap<>();
        for (T sample : samples) {
            String name = reference.apply(sample);
            // Without an id the failed request is among the problems already; the row is then missing under this name.
            expected.put(ids.getOrDefault(name, "(no id) " + name), new Expected(name, content.apply(sample)));
        }
        return expected;
    }
}
