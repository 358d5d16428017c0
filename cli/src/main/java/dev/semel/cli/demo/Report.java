package dev.semel.cli.demo;

import dev.semel.cli.demo.samples.SampleCompany;
import dev.semel.cli.demo.tally.Count;
import dev.semel.cli.demo.tally.Stage;
import dev.semel.cli.demo.tally.Tally;
import dev.semel.cli.demo.verify.DatabaseRows;
import dev.semel.cli.demo.verify.TrialBalance;
import java.util.List;
import java.util.OptionalLong;

/** The last page: tables, and the verdict. */
final class Report {

    private static final int SHOWN_PROBLEMS = 30;

    private final Screen screen;

    Report(Screen screen) {
        this.screen = screen;
    }

    void writes(SampleCompany company, DemoResult result, DatabaseRows rows) {
        TextTable table = new TextTable(
                "", "in samples", "sent", "executed", "replayed", "refused", "come back", "no answer", "rows found");
        for (PhaseResult phase : result.phases()) {
            table.add(row(inSamples(company, phase.stage()), phase, rows.of(phase.stage())));
        }
        screen.headline("What was asked for, and what the database holds");
        table.lines().forEach(screen::line);
        screen.line("");
        screen.line("executed: answers 201 that arrived; where they are fewer than the rows, the others got no answer");
        screen.line("at first, and the same request, asked again, was answered with the outcome (replayed).");
    }

    void balance(TrialBalance balance) {
        TextTable table = new TextTable("trial balance", "debit", "credit", "difference");
        balance.currencies()
                .forEach((currency, sides) -> table.add(List.of(
                        currency,
                        sides.debit().toPlainString(),
                        sides.credit().toPlainString(),
                        sides.difference().toPlainString())));
        screen.line("");
        table.lines().forEach(screen::line);
    }

    void circumstances(DemoResult result) {
        screen.line("");
        screen.line("Slowest answer: " + result.slowestMillis() + " ms");
        screen.line("Kills survived: " + result.kills().size());
        screen.line("");
    }

    /** The last word: all is right, or what is not. */
    void verdict(List<String> problems) {
        if (problems.isEmpty()) {
            screen.good("Every payment exists exactly once. Every balance is right.");
            return;
        }
        screen.bad(problems.size() + (problems.size() == 1 ? " thing is wrong:" : " things are wrong:"));
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> screen.line("  - " + problem));
        if (problems.size() > SHOWN_PROBLEMS) {
            screen.line("  and " + (problems.size() - SHOWN_PROBLEMS) + " more");
        }
    }

    private static List<String> row(int inSamples, PhaseResult phase, OptionalLong rows) {
        Tally tally = phase.tally();
        return List.of(
                phase.stage().label(),
                Integer.toString(inSamples),
                Long.toString(tally.sent()),
                Long.toString(tally.get(Count.EXECUTED)),
                Long.toString(tally.get(Count.REPLAYED)),
                Long.toString(tally.get(Count.REFUSED)),
                Long.toString(tally.get(Count.BUSY)),
                Long.toString(tally.get(Count.LOST)),
                rows.isPresent() ? Long.toString(rows.getAsLong()) : "?");
    }

    private static int inSamples(SampleCompany company, Stage stage) {
        return switch (stage) {
            case CUSTOMERS -> company.customers().size();
            case INVOICES, FINALIZATIONS -> company.invoices().size();
            case PAYMENTS -> company.payments().size();
        };
    }
}
