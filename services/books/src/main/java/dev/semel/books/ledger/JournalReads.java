package dev.semel.books.ledger;

import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.Period;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/** The journal with its lines, and what they sum up to. Works in the transaction of its caller. */
public final class JournalReads {
    private final JournalEntryTable entries;
    private final JournalLineTable lines;
    private final CompanyDays days;

    /** Reads from those tables. */
    public JournalReads(JournalEntryTable entries, JournalLineTable lines, CompanyDays days) {
        this.entries = entries;
        this.lines = lines;
        this.days = days;
    }

    Page<JournalEntry> page(String tenant, JournalFilter filter, PageRequest request) {
        Period period = days.period(tenant, filter.from(), filter.to());
        Page<JournalEntry> page = entries.page(tenant, filter, period, request);
        List<UUID> ids = page.items().stream().map(JournalEntry::id).toList();
        Map<UUID, List<JournalLine>> found = lines.find(tenant, ids);
        return page.map(entry -> entry.withLines(found.getOrDefault(entry.id(), List.of())));
    }

    SortedMap<String, TrialBalance> trialBalance(String tenant) {
        return lines.sum(tenant);
    }
}
