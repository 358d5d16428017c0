package dev.semel.books.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Postings as the columns of their lines: debits first, each line with the sums of those before it in its entry. */
final class PostedLines {
    private final List<String> entries = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    private final List<String> accounts = new ArrayList<>();
    private final List<String> debits = new ArrayList<>();
    private final List<String> credits = new ArrayList<>();
    private final List<String> balancesBefore = new ArrayList<>();
    private final List<String> turnoversBefore = new ArrayList<>();

    private PostedLines() {}

    /** Entry, number, account, debit, credit, balance before and turnover before. */
    static List<String[]> columns(List<Posting> postings) {
        PostedLines lines = new PostedLines();
        postings.forEach(lines::add);
        return Stream.of(
                        lines.entries,
                        lines.numbers,
                        lines.accounts,
                        lines.debits,
                        lines.credits,
                        lines.balancesBefore,
                        lines.turnoversBefore)
                .map(column -> column.toArray(String[]::new))
                .toList();
    }

    private void add(Posting posting) {
        BigDecimal nothing = BigDecimal.ZERO.setScale(posting.total().amount().scale());
        BigDecimal balance = BigDecimal.ZERO;
        BigDecimal turnover = BigDecimal.ZERO;
        for (Posting.Line line : posting.debits()) {
            BigDecimal debit = line.amount().amount();
            addBefore(balance, turnover);
            addLine(line.account(), debit, nothing);
            balance = balance.add(debit);
            turnover = turnover.add(debit);
        }
        for (Posting.Line line : posting.credits()) {
            BigDecimal credit = line.amount().amount();
            addBefore(balance, turnover);
            addLine(line.account(), nothing, credit);
            balance = balance.subtract(credit);
        }
        for (int number = 1; number <= posting.lineCount(); number++) {
            entries.add(posting.id().toString());
            numbers.add(String.valueOf(number));
        }
    }

    private void addBefore(BigDecimal balance, BigDecimal turnover) {
        balancesBefore.add(balance.toPlainString());
        turnoversBefore.add(turnover.toPlainString());
    }

    private void addLine(Account account, BigDecimal debit, BigDecimal credit) {
        accounts.add(account.code());
        debits.add(debit.toPlainString());
        credits.add(credit.toPlainString());
    }
}
