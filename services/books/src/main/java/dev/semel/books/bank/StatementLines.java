package dev.semel.books.bank;

import dev.semel.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Stores lines as they come, some hundred at a time, and counts what becomes of them. Not thread-safe. */
final class StatementLines implements LineReceiver {
    private static final int BATCH = 500;

    private final Write<?> write;
    private final BankTransactionTable transactions;
    private final List<StatementLine> waiting = new ArrayList<>();
    private final List<LineError> errors = new ArrayList<>();
    private int sound;
    private int imported;
    private int failed;

    StatementLines(Write<?> write, BankTransactionTable transactions) {
        this.write = write;
        this.transactions = transactions;
    }

    @Override
    public void line(RawLine line) {
        try {
            waiting.add(LineParser.parse(line));
        } catch (LineException e) {
            error(e.of(line.number()));
        }
        if (waiting.size() >= BATCH) {
            store();
        }
    }

    @Override
    public void error(LineError error) {
        failed++;
        if (errors.size() < ImportResult.MAX_ERRORS) {
            errors.add(error);
        }
    }

    ImportResult finish() {
        if (!waiting.isEmpty()) {
            store();
        }
        return new ImportResult(write.resultId(), imported, sound - imported, failed, errors);
    }

    private void store() {
        imported += transactions.insert(write.tenant(), write.resultId(), this::id, waiting);
        sound += waiting.size();
        waiting.clear();
    }

    /** By what the line is known by, and not by its place, which is another line's in another file. */
    private UUID id(StatementLine line) {
        return write.derivedId(line.account().length() + ":" + line.account() + line.reference());
    }
}
