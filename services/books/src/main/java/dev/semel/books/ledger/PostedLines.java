package dev.semel.books.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A posting's lines as columns: debits first, each line with the sums of those before it. */
final class PostedLines {
    private final List<String> accounts = new ArrayList<>();
    private final List<String> debits = new ArrayList<>();
    private final List<String> credits = new ArrayList<>();
    private final List<String> balancesBefore = new ArrayList<>();
    private final List<String> turnoversBefore = new ArrayList<>();
    private BigDecimal balance = BigDecimal.ZERO;
    private BigDecimal turnover = BigDecimal.ZERO;

    PostedLines(Posting posting) {
        BigDecimal nothing = BigDecimal.ZERO.setScale(posting.total().amount().scale());
        posting.debits().forEach(line -> add(line.account(), line.amount().amount(), nothing));
        posting.credits()
                .forEach(line -> add(line.account(), nothing, line.amount().amount()));
    }

    private void add(Account account, BigDecimal debit, BigDecimal credit) {
        accounts.add(account.code());
        debits.add(debit.toPlainString());
        credits.add(credit.toPlainString());
        balancesBefore.add(balance.toPlainString());
        turnoversBefore.add(turnover.toPlainString());
        balance = balance.add(debit).subtract(credit);
        turnover = turnover.add(debit);
    }

    int count() {
        return accounts.size();
    }

    String[] accounts() {
        return array(accounts);
    }

    String[] debits() {
        return array(debits);
    }

    String[] credits() {
        return array(credits);
    }

    String[] balancesBefore() {
        return array(balancesBefore);
    }

    String[] turnoversBefore() {
        return array(turnoversBefore);
    }

    private static String[] array(List<String> column) {
        return column.toArray(String[]::new);
    }
}
