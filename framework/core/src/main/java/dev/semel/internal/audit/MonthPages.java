package dev.semel.internal.audit;

import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * Reads a month page by page, each in a short transaction of its own: none keeps the database from cleaning up, or a month from
 * being detached, for longer than it takes to read a thousand rows. Sealed rows do not change, so pages of different moments fit
 * together, whatever is sealed or moved between them.
 */
final class MonthPages {
    /** Of seals or rows: what is read in one transaction, and held in memory. A larger seal is read whole. */
    static final int ROWS = 1_000;

    private final MaintenanceTransactions maintenance;
    private final YearMonth month;

    MonthPages(MaintenanceTransactions maintenance, YearMonth month) {
        this.maintenance = maintenance;
        this.month = month;
    }

    /**
     * What is read next.
     *
     * @param afterSeal the last seal that was read
     * @param upTo the last id of the seals that were read and whose rows were not all read; empty if there is none, and the next
     *     seals are to be read
     * @param after the last row that was read
     * @param away whether the month was seen to have left the log: it stays so, for its earlier rows were not read
     */
    record Wanted(int afterSeal, Optional<Long> upTo, LogRows.Position after, boolean away) {}

    /**
     * One state of the month.
     *
     * @param here whether the log has its rows, or should have them
     * @param seals the next ones; none at the end of the chain
     * @param rows of the seals
     */
    record Page(Optional<Anchor> anchor, boolean here, List<Seal> seals, List<StoredRow> rows) {
        boolean isFull() {
            return rows.size() > ROWS;
        }
    }

    YearMonth month() {
        return month;
    }

    Page next(Wanted wanted) throws Exception {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return Snapshots.read(maintenance, connection -> read(connection, wanted));
    }

    private Page read(Connection connection, Wanted wanted) throws SQLException {
        Optional<Anchor> anchor = new Anchors(connection).find(month);
        boolean here = !wanted.away() && anchor.isPresent() && isHere(connection, anchor.get());
        List<Seal> seals = wanted.upTo().isPresent() || anchor.isEmpty()
                ? List.of()
                : new Seals(connection).next(month, wanted.afterSeal(), ROWS);
        List<StoredRow> rows = here ? rows(connection, wanted, seals) : List.of();
        return new Page(anchor, here, seals, rows);
    }

    private List<StoredRow> rows(Connection connection, Wanted wanted, List<Seal> seals) throws SQLException {
        Optional<Long> upTo = wanted.upTo()
                .or(() -> seals.stream()
                        .filter(seal -> !seal.rows().isEmpty())
                        .map(Seal::lastId)
                        .max(Long::compare));
        return upTo.isEmpty() ? List.of() : new LogRows(connection).page(month, wanted.after(), upTo.get(), ROWS + 1);
    }

    /**
     * Where the rows really are, and not only where the anchor says: it may be told to say that there are none. A late row of a
     * month that has left is in the default partition, but never under the id of a sealed one.
     */
    private boolean isHere(Connection connection, Anchor anchor) throws SQLException {
        return anchor.state().isAttached()
                || Boolean.TRUE.equals(new Months(connection).all().get(month))
                || !new LogRows(connection)
                        .next(month, Long.MIN_VALUE, anchor.head().lastSealedId(), 1)
                        .isEmpty();
    }

    /** How many rows there are behind a place; counted page by page too. */
    long count(LogRows.Position after) throws Exception {
        long count = 0;
        LogRows.Position place = after;
        List<StoredRow> rows;
        do {
            LogRows.Position from = place;
            rows = Snapshots.read(
                    maintenance, connection -> new LogRows(connection).page(month, from, Long.MAX_VALUE, ROWS));
            count += rows.size();
            place = rows.isEmpty() ? from : LogRows.Position.of(rows.get(rows.size() - 1));
        } while (rows.size() == ROWS);
        return count;
    }

    boolean hasSeals() throws Exception {
        return Snapshots.read(
                maintenance, connection -> new Seals(connection).hash(month, 1).isPresent());
    }

    /** Whether the month from which a chain starts still has the seal, or the start, that it started from. */
    boolean isStillThere(Anchor.Previous previous) throws Exception {
        return Snapshots.read(maintenance, connection -> isStillThere(connection, previous));
    }

    private static boolean isStillThere(Connection connection, Anchor.Previous previous) throws SQLException {
        Optional<Anchor> before = new Anchors(connection).find(previous.month());
        if (before.isEmpty() || before.get().head().seals() < previous.seals()) {
            return false;
        }
        if (before.get().head().seals() == previous.seals()) {
            return before.get().head().hash().equals(previous.hash());
        }
        if (previous.seals() == 0) {
            return before.get().start().equals(previous.hash());
        }
        // The seals of a month that was dropped are gone; its anchor is all there is.
        Optional<String> hash = new Seals(connection).hash(previous.month(), previous.seals());
        return hash.map(previous.hash()::equals).orElse(before.get().state() == Anchor.State.DROPPED);
    }
}
