package dev.semel.cli.demo.verify;

import dev.semel.cli.demo.tally.Problems;
import dev.semel.cli.demo.tally.Stage;
import dev.semel.cli.server.ConnectionFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Looks into the database itself: the server's own word is not enough. */
public final class DatabaseCheck {

    private final ConnectionFile database;
    private final String tenant;
    private final ExpectedBooks expected;
    private final Problems problems;

    /**
     * Prepares the check.
     *
     * @param data the server's data folder
     */
    public DatabaseCheck(Path data, String tenant, ExpectedBooks expected, Problems problems) {
        this.database = ConnectionFile.in(data);
        this.tenant = tenant;
        this.expected = expected;
        this.problems = problems;
    }

    /** Counts and compares; what is wrong goes to the problems. */
    public DatabaseRows verify() {
        try (Connection connection = database.connect()) {
            connection.setReadOnly(true);
            return verify(new BooksTables(connection, tenant));
        } catch (IOException | SQLException e) {
            problems.add("The database cannot be read: " + e.getMessage());
            return new DatabaseRows(Map.of());
        }
    }

    private DatabaseRows verify(BooksTables tables) throws SQLException {
        long customers = tables.customers();
        long invoices = tables.invoices();
        long entries = tables.journalEntries();
        long payments = tables.payments();
        compareCount("customers", customers, expected.customers().size());
        compareCount("invoices", invoices, expected.invoices().size());
        compareCount("journal entries", entries, expected.journalEntries());
        comparePayments(tables);
        compareBalance(tables.trialBalance());
        // A finalization leaves no row of its own but its journal entry; the other entries are the payments'.
        return new DatabaseRows(Map.of(
                Stage.CUSTOMERS, customers,
                Stage.INVOICES, invoices,
                Stage.FINALIZATIONS, entries - payments,
                Stage.PAYMENTS, payments));
    }

    private void comparePayments(BooksTables tables) throws SQLException {
        Comparison comparison = new Comparison("payments in the database", expected.payments(), problems);
        tables.eachPayment(comparison::found);
        comparison.finish();
    }

    private void compareBalance(TrialBalance balance) {
        expected.turnover().forEach((currency, turnover) -> {
            TrialBalance.Sides sides = balance.currencies()
                    .getOrDefault(currency, new TrialBalance.Sides(BigDecimal.ZERO, BigDecimal.ZERO));
            compareSide(currency + " debits", sides.debit(), turnover);
            compareSide(currency + " credits", sides.credit(), turnover);
        });
    }

    private void compareSide(String what, BigDecimal found, BigDecimal turnover) {
        if (found.compareTo(turnover) != 0) {
            problems.add("journal in the database: " + what + " are " + found + " instead of " + turnover);
        }
    }

    private void compareCount(String what, long found, int wanted) {
        if (found != wanted) {
            problems.add(what + " in the database: " + found + " instead of " + wanted);
        }
    }
}
