package dev.semel.cli.demo.verify;

import dev.semel.cli.demo.tally.Problems;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Invoice numbers run without gaps, whatever was killed or rolled back. */
final class InvoiceNumbers {

    private static final Pattern ENDING = Pattern.compile("(\\d{1,18})$");

    private InvoiceNumbers() {}

    static void check(List<JsonNode> invoices, Problems problems) {
        SortedSet<Long> numbers =
                new TreeSet<>(invoices.stream().map(InvoiceNumbers::number).toList());
        if (numbers.size() < invoices.size()) {
            problems.add("invoices over HTTP: two invoices have one number, or one has none");
        }
        if (hasGap(numbers)) {
            problems.add("invoices over HTTP: the numbers " + numbers.first() + " to " + numbers.last() + " have gaps");
        }
    }

    private static boolean hasGap(SortedSet<Long> numbers) {
        return !numbers.isEmpty() && numbers.last() - numbers.first() + 1 != numbers.size();
    }

    private static long number(JsonNode invoice) {
        Matcher ending = ENDING.matcher(invoice.path("number").asString(""));
        return ending.find() ? Long.parseLong(ending.group(1)) : 0;
    }
}
