package dev.semel.internal.audit;

import dev.semel.audit.AuditFinding.SealBroken;
import dev.semel.audit.AuditHead;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds one month's rows against its seals, and those against its anchor and against heads that were kept elsewhere. Used once,
 * by one thread. Memory does not grow with the month, and no transaction stays open longer than a page takes.
 *
 * <p>The chain grows while it is read: it is read until a page shows no more seals, and held against the anchor of that page. A
 * month that leaves the log meanwhile is read on as one that has left before: its seals only.
 */
final class MonthCheck {
    /** Is given each row that is read, and each seal after its rows. */
    interface Reader {
        void row(StoredRow row);

        void seal(Seal seal);
    }

    static final Reader NOBODY = new Reader() {
        @Override
        public void row(StoredRow row) {}

        @Override
        public void seal(Seal seal) {}
    };

    /** A seal whose rows are not all read. */
    private record Open(Seal seal, SegmentCheck check, long upTo) {}

    private final MonthPages pages;
    private final Findings findings;
    private final Reader reader;
    private final Map<Integer, String> kept = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private Anchor.Head head = new Anchor.Head(0, 0, null, null, "");
    private LogRows.Position position = LogRows.Position.START;
    private int lastSeal;
    private boolean away;

    MonthCheck(MonthPages pages, Findings findings, Reader reader) {
        this.pages = pages;
        this.findings = findings;
        this.reader = reader;
    }

    /**
     * Empty if the month has no anchor; else the anchor that the whole chain was held against.
     *
     * @param keptElsewhere heads of this month from outside of the database
     */
    Optional<Anchor> run(Collection<AuditHead> keptElsewhere) throws Exception {
        keptElsewhere.forEach(one -> kept.put(one.seals(), one.hash()));
        MonthPages.Page page = next();
        if (page.anchor().isEmpty()) {
            checkWithoutAnchor();
            return Optional.empty();
        }
        head = new Anchor.Head(0, 0, null, null, page.anchor().get().start());
        checkKept();
        while (!isEnd(page)) {
            take(page);
            page = next();
        }
        checkEnd(page);
        return page.anchor();
    }

    private MonthPages.Page next() throws Exception {
        Optional<Long> upTo = open.stream().map(Open::upTo).max(Long::compare);
        return pages.next(new MonthPages.Wanted(lastSeal, upTo, position, away));
    }

    private boolean isEnd(MonthPages.Page page) {
        return page.anchor().isEmpty() || (open.isEmpty() && page.seals().isEmpty());
    }

    private void take(MonthPages.Page page) {
        page.seals().forEach(this::checkSeal);
        if (page.here()) {
            page.rows().forEach(this::checkRow);
            if (!page.isFull()) {
                closeAll();
            }
        } else {
            leave();
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
        lastSeal = seal.number();
        open.add(new Open(seal, new SegmentCheck(seal, findings), head.lastSealedId()));
        checkKept();
    }

    /** What was kept elsewhere decides, whatever the database says. */
    private void checkKept() {
        String hash = kept.remove(head.seals());
        if (hash != null && !hash.equals(head.hash())) {
            findings.chainBroken(month(), "seal " + head.seals() + " is not the one that was kept elsewhere");
        }
    }

    private void checkRow(StoredRow row) {
        while (open.element().upTo() < row.id()) {
            close(open.remove());
        }
        open.element().check().take(row);
        reader.row(row);
        position = LogRows.Position.of(row);
    }

    private void closeAll() {
        open.forEach(this::close);
        open.clear();
    }

    private void close(Open segment) {
        segment.check().end();
        reader.seal(segment.seal());
    }

    /** Rows that were read so far were read; of the others nothing is known any more. */
    private void leave() {
        if (!away) {
            open.forEach(segment -> segment.check().leave());
            findings.detached(month());
        }
        open.clear();
        away = true;
    }

    private void checkWithoutAnchor() throws Exception {
        findings.unsealed(pages.count(position));
        if (pages.hasSeals() || !kept.isEmpty()) {
            findings.chainBroken(month(), "its anchor is missing");
        }
    }

    private void checkEnd(MonthPages.Page page) throws Exception {
        Optional<Anchor> anchor = page.anchor();
        if (anchor.isEmpty()) {
            findings.chainBroken(month(), "its anchor is missing");
            return;
        }
        if (!page.here()) {
            leave();
            position = LogRows.Position.behind(anchor.get().head().lastSealedId());
        }
        findings.unsealed(pages.count(position));
        if (!page.here() && anchor.get().state() == Anchor.State.DROPPED) {
            checkDropped(anchor.get().head());
        } else {
            checkChain(anchor.get());
        }
    }

    private void checkChain(Anchor anchor) throws Exception {
        if (!head.equals(anchor.head())) {
            findings.chainBroken(month(), "the chain does not end where its anchor says");
        }
        kept.keySet()
                .forEach(number ->
                        findings.chainBroken(month(), "seal " + number + ", which was kept elsewhere, is missing"));
        Anchor.Previous previous = anchor.previous();
        if (previous != null && !pages.isStillThere(previous)) {
            findings.chainBroken(month(), "month " + previous.month() + ", from which it starts, is not as it was");
        }
        findings.head(new AuditHead(month(), head.seals(), head.hash()));
    }

    /** The seals went with the rows. */
    private void checkDropped(Anchor.Head last) {
        findings.head(new AuditHead(month(), last.seals(), last.hash()));
        boolean other = kept.entrySet().stream()
                .anyMatch(one -> one.getKey() > last.seals()
                        || (one.getKey() == last.seals() && !one.getValue().equals(last.hash())));
        if (other) {
            findings.chainBroken(month(), "its anchor is not the one that was kept elsewhere");
        }
    }

    private YearMonth month() {
        return pages.month();
    }
}
