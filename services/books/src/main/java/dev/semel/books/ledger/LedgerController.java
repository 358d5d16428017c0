package dev.semel.books.ledger;

import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of the ledger; it is written by what is posted elsewhere, never here. */
@RestController
public final class LedgerController {
    private final JournalEntryTable entries;
    private final JournalLineTable lines;
    private final TenantReads reads;

    /** Serves the tables. */
    public LedgerController(JournalEntryTable entries, JournalLineTable lines, TenantReads reads) {
        this.entries = entries;
        this.lines = lines;
        this.reads = reads;
    }

    /** The journal, in the order of posting. */
    @GetMapping("/api/journal")
    public Page<JournalEntry> journal(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> withLines(tenant, entries.page(tenant, page)));
    }

    /** Debit and credit by currency. */
    @GetMapping("/api/trial-balance")
    public SortedMap<String, TrialBalance> trialBalance(HttpServletRequest request) {
        return reads.read(request, lines::sum);
    }

    private Page<JournalEntry> withLines(String tenant, Page<JournalEntry> page) {
        List<UUID> ids = page.items().stream().map(JournalEntry::id).toList();
        Map<UUID, List<JournalLine>> found = lines.find(tenant, ids);
        return page.map(entry -> entry.withLines(found.getOrDefault(entry.id(), List.of())));
    }
}
