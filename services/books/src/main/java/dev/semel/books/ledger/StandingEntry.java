package dev.semel.books.ledger;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The lines of the one entry that is to be taken back. Used once. */
final class StandingEntry {
    private final Set<UUID> ids = new HashSet<>();
    private final List<Posting.Line> onTheLeft = new ArrayList<>();
    private final List<Posting.Line> onTheRight = new ArrayList<>();

    void add(ResultSet row) throws SQLException {
        ids.add(row.getObject("id", UUID.class));
        add(onTheLeft, row, "debit");
        add(onTheRight, row, "credit");
    }

    private static void add(List<Posting.Line> side, ResultSet row, String column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        if (amount.signum() > 0) {
            Account account = Account.find(row.getString("account_code")).orElseThrow();
            side.add(new Posting.Line(account, new Money(amount, Currencies.require(row.getString("currency")))));
        }
    }

    /** What was to the left goes to the right. */
    Posting reversal(UUID id, String operation, UUID source) {
        if (ids.size() != 1) {
            throw new IllegalStateException("not exactly one entry to take back");
        }
        return new Posting(
                id, operation, source, onTheRight, onTheLeft, ids.iterator().next());
    }
}
