package dev.semel.books.export;

import dev.semel.books.ledger.Account;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.ledger.JournalFilter;
import dev.semel.books.ledger.PostedLine;
import dev.semel.books.settings.CompanyDays;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal as rows, one for each line. Works in the transaction of its caller, in bounded memory. */
public final class JournalExport {
    static final List<String> HEADER = List.of(
            "createdAt",
            "entryId",
            "operation",
            "sourceId",
            "reverses",
            "lineNo",
            "accountCode",
            "accountName",
            "currency",
            "debit",
            "credit");

    private final JournalEntryTable entries;
    private final CompanyDays days;

    /** Reads from that table. */
    public JournalExport(JournalEntryTable entries, CompanyDays days) {
        this.entries = entries;
        this.days = days;
    }

    void write(String tenant, JournalFilter filter, Consumer<List<@Nullable Object>> rows) {
        entries.export(
                tenant, filter, days.period(tenant, filter.from(), filter.to()), line -> rows.accept(cells(line)));
    }

    private static List<@Nullable Object> cells(PostedLine line) {
        String account = line.line().accountCode();
        return Arrays.asList(
                line.entry().createdAt(),
                line.entry().id(),
                line.entry().operation(),
                line.entry().sourceId(),
                line.entry().reverses(),
                line.line().lineNo(),
                account,
                Account.find(account).map(Account::title).orElse(null),
                line.entry().currency(),
                line.line().debit(),
                line.line().credit());
    }
}
