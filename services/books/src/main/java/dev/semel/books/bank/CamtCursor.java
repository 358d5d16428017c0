package dev.semel.books.bank;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the reader stands in the document. Holds one entry at a time. Not thread-safe. */
final class CamtCursor {
    // Bounds what a path costs: no element of a statement comes near them.
    private static final int DEEPEST = 40;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_TEXT = 2000;
    private static final int MOST_DETAILS = 10_000;
    private static final String ENTRY = "Ntry";
    private static final String DETAIL = "TxDtls";

    private final LineReceiver receiver;
    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private CamtFields statement = new CamtFields();
    private @Nullable CamtFields entry;
    private @Nullable CamtFields detail;
    private List<CamtFields> details = new ArrayList<>();
    private int entries;

    CamtCursor(LineReceiver receiver) {
        this.receiver = receiver;
    }

    void start(String name, @Nullable String currency) {
        if (path.size() >= DEEPEST || name.length() > LONGEST_NAME) {
            throw StatementFiles.unreadable("The file has elements that no CAMT.053 statement has.");
        }
        path.addLast(name);
        text.setLength(0);
        switch (name) {
            case "Stmt" -> statement = new CamtFields();
            case ENTRY -> {
                entry = new CamtFields();
                details = new ArrayList<>();
            }
            case DETAIL -> detail = new CamtFields();
            default -> {
                // Its text is looked at when it ends.
            }
        }
        if (currency != null) {
            put("@Ccy", currency);
        }
    }

    void text(String part) {
        if (text.length() < LONGEST_TEXT) {
            text.append(part, 0, Math.min(part.length(), LONGEST_TEXT - text.length()));
        }
    }

    void end() {
        put("", text.toString().strip());
        text.setLength(0);
        switch (path.removeLast()) {
            case DETAIL -> endDetail();
            case ENTRY -> endEntry();
            default -> {
                // Part of something larger.
            }
        }
    }

    private void endDetail() {
        if (details.size() == MOST_DETAILS) {
            throw StatementFiles.unreadable("An entry has more than " + MOST_DETAILS + " details.");
        }
        if (detail != null) {
            details.add(detail);
        }
        detail = null;
    }

    private void endEntry() {
        if (entry != null) {
            String account = statement.first("Acct/Id/IBAN", "Acct/Id/Othr/Id");
            new CamtEntry(++entries, account, statement.first("Id"), entry, details).send(receiver);
        }
        entry = null;
    }

    private void put(String suffix, String value) {
        if (detail != null) {
            detail.put(below(DETAIL) + suffix, value);
        } else if (entry != null) {
            entry.put(below(ENTRY) + suffix, value);
        } else {
            statement.put(below("Stmt") + suffix, value);
        }
    }

    /** The path from there to here. */
    private String below(String ancestor) {
        Deque<String> names = new ArrayDeque<>();
        Iterator<String> upwards = path.descendingIterator();
        while (upwards.hasNext()) {
            String name = upwards.next();
            if (name.equals(ancestor)) {
                break;
            }
            names.addFirst(name);
        }
        return String.join("/", names);
    }
}
