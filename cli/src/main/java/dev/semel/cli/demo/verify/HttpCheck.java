package dev.semel.cli.demo.verify;

import dev.semel.cli.demo.tally.Problems;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares what the server answers with what the samples say. */
public final class HttpCheck {

    private final SemelApi api;
    private final ExpectedBooks expected;
    private final Problems problems;

    public HttpCheck(SemelApi api, ExpectedBooks expected, Problems problems) {
        this.api = api;
        this.expected = expected;
        this.problems = problems;
    }

    /** Reads everything there is; what is wrong goes to the problems. */
    public TrialBalance verify() throws InterruptedException {
        compare("customers", expected.customers(), HttpCheck::customer);
        List<JsonNode> invoices = compare("invoices", expected.invoices(), HttpCheck::invoice);
        InvoiceNumbers.check(invoices, problems);
        compare("payments", expected.payments(), HttpCheck::payment);
        return trialBalance();
    }

    private List<JsonNode> compare(String what, Map<String, Expected> rows, Function<JsonNode, String> content)
            throws InterruptedException {
        List<JsonNode> found = api.list("/api/" + what);
        Comparison comparison = new Comparison(what + " over HTTP", rows, problems);
        found.forEach(item -> comparison.found(text(item, "id"), content.apply(item)));
        comparison.finish();
        return found;
    }

    private TrialBalance trialBalance() throws InterruptedException {
        SortedMap<String, TrialBalance.Sides> currencies = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : api.get("/api/trial-balance").properties()) {
            JsonNode sides = member.getValue();
            if (sides.has("debit") && sides.has("credit")) {
                currencies.put(
                        member.getKey(), new TrialBalance.Sides(amount(sides, "debit"), amount(sides, "credit")));
            }
        }
        TrialBalance balance = new TrialBalance(currencies);
        check(balance);
        return balance;
    }

    private void check(TrialBalance balance) {
        balance.currencies().forEach((currency, sides) -> {
            if (sides.difference().signum() != 0) {
                problems.add("trial balance over HTTP: " + currency + " is off by " + sides.difference());
            }
        });
        expected.turnover().keySet().stream()
                .filter(currency -> !balance.currencies().containsKey(currency))
                .forEach(currency -> problems.add("trial balance over HTTP: " + currency + " is missing"));
    }

    private static String customer(JsonNode customer) {
        return Content.customer(text(customer, "name"), optional(customer, "email"));
    }

    private static String invoice(JsonNode invoice) {
        return Content.invoice(
                text(invoice, "customerId"),
                text(invoice, "status"),
                new Content.Amounts(
                        text(invoice, "currency"),
                        amount(invoice, "total"),
                        amount(invoice, "paid"),
                        amount(invoice, "balance")));
    }

    private static String payment(JsonNode payment) {
        return Content.payment(text(payment, "invoiceId"), amount(payment, "amount"), text(payment, "currency"));
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("(no " + member + ")");
    }

    private static @Nullable String optional(JsonNode node, String member) {
        return node.hasNonNull(member) ? node.path(member).asString("") : null;
    }

    private static BigDecimal amount(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return new BigDecimal((value.isObject() ? value.path("amount") : value).asString("0"));
    }
}
