package dev.semel.books.bank;

import dev.semel.Handler;
import dev.semel.Write;
import dev.semel.spring.RawBody;

/**
 * Imports a statement, CSV or CAMT.053. A line whose bank reference is known is skipped, one that cannot be read is told with
 * its number and the reason; a file that is none is refused as a whole. Nothing is posted before a line is reconciled.
 */
public final class ImportBankTransactions implements Handler<RawBody, ImportResult> {
    /** Emitted with an {@link ImportedEvent}. */
    public static final String EVENT = "bank-statement.imported";

    private final BankTransactionTable transactions;

    /** Writes into that table. */
    public ImportBankTransactions(BankTransactionTable transactions) {
        this.transactions = transactions;
    }

    @Override
    public ImportResult handle(Write<RawBody> write) {
        transactions.lock(write.tenant());
        StatementLines lines = new StatementLines(write, transactions);
        StatementFiles.read(write.payload(), lines);
        ImportResult result = lines.finish();
        write.emit(EVENT, "bank-import:" + write.resultId(), ImportedEvent.of(result));
        return result;
    }
}
