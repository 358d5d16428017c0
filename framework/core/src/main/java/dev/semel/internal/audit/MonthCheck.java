package dev.semel.internal.audit;

import dev.semel.audit.AuditFinding.SealBroken;
import dev.semel.audit.AuditHead;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds one month's rows against its seals, and those against its anchor and against heads that were kept elsewhere. Used once,
 * by one thread, inside a transaction that is one snapshot. Reads with cursors: memory does not grow with the month.
 */
final class MonthCheck {
    /** Is given each row that is read, and each seal after its rows. */
    interface Reader {
        void row(StoredRow row) throws SQLException;

        void seal(Seal seal) throws SQLException;
    }

    static final Reader NOBODY = new Reader() {
        @Override
        public void row(StoredRow row) {}

        @Override
        public void seal(Seal seal) {}
    };

    private final Connection connection;
    private final Anchor anchor;
    private final Findings findings;
    private final Reader reader;
    private final Map<Integer, String> kept = new HashMap<>();
    private Anchor.Head head;

    MonthCheck(Connection connection, Anchor anchor, Findings findings, Reader reader) {
        this.connection = connection;
        this.anchor = anchor;
        this.findings = findings;
        this.reader = reader;
        this.head = new Anchor.Head(0, 0, null, null, anchor.start());
    }

    /** @param keptElsewhere heads of this month from outside of the database */
    void run(Iterable<AuditHead> keptElsewhere, boolean withRows) throws SQLException {
        keptElsewhere.forEach(one -> kept.put(one.seals(), one.hash()));
        checkKept();
        if (withRows) {
            checkWithRows();
        } else {
            checkSealsOnly();
        }
        checkEnd();
        checkPrevious();
        findings.head(new AuditHead(month(), head.seals(), head.hash()));
    }

    private void checkWithRows() throws SQLException {
        try (Cursor<Seal> seals = new Seals(connection).all(month());
                Cursor<StoredRow> rows = new LogRows(connection).all(month())) {
            for (Optional<Seal> seal = seals.peek(); seal.isPresent(); seal = seals.peek()) {
                checkSeal(seal.get());
                checkRows(seal.get(), rows);
                reader.seal(seal.get());
                seals.advance();
            }
            findings.unsealed(count(rows));
        }
    }

    private void checkSealsOnly() throws SQLException {
        findings.detached(month());
        try (Cursor<Seal> seals = new Seals(connection).all(month())) {
            for (Optional<Seal> seal = seals.peek(); seal.isPresent(); seal = seals.peek()) {
                checkSeal(seal.get());
                seals.advance();
            }
        }
    }

    private void checkSeal(Seal seal) {
        if (!seal.isWhole()) {
            findings.add(new SealBroken(month(), seal.number()));
        }
        if (seal.number() != head.seals() + 1) {
            findings.chainBroken(month(), "seal " + (head.seals() + 1) + " is missing");
        } else if (!seal.previousHash().equals(head.hash())) {
            findings.chainBroken(month(), "seal " + seal.number() + " does not stand on the one before it");
        }
        if (!seal.rows().isEmpty()) {
            head = head.with(seal);
        }
        checkKept();
    }

    /** What was kept elsewhere decides, whatever the database says. */
    private void checkKept() {
        String hash = kept.remove(head.seals());
        if (hash != null && !hash.equals(head.hash())) {
            findings.chainBroken(month(), "seal " + head.seals() + " is not the one that was kept elsewhere");
        }
    }

    private void checkRows(Seal seal, Cursor<StoredRow> rows) throws SQLException {
        SegmentCheck segment = new SegmentCheck(seal, findings);
        Optional<StoredRow> row = rows.peek();
        while (row.isPresent() && row.get().id() <= head.lastSealedId()) {
            segment.take(row.get());
            reader.row(row.get());
            rows.advance();
            row = rows.peek();
        }
        segment.end();
    }

    private static long count(Cursor<StoredRow> rows) throws SQLException {
        long count = 0;
        for (; rows.peek().isPresent(); rows.advance()) {
            count++;
        }
        return count;
    }

    private void checkEnd() {
        if (!head.equals(anchor.head())) {
            findings.chainBroken(month(), "the chain does not end where its anchor says");
        }
        kept.keySet()
                .forEach(number ->
                        findings.chainBroken(month(), "seal " + number + ", which was kept elsewhere, is missing"));
    }

    private void checkPrevious() throws SQLException {
        Anchor.Previous previous = anchor.previous();
        if (previous != null && !stillThere(previous)) {
            findings.chainBroken(month(), "month " + previous.month() + ", from which it starts, is not as it was");
        }
    }

    private boolean stillThere(Anchor.Previous previous) throws SQLException {
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

    private YearMonth month() {
        return anchor.month();
    }
}
