package dev.semel.books.ledger;

import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of the ledger; it is written by what is posted elsewhere, never here. */
@RestController
public final class LedgerController {
    private final JournalReads journal;
    private final TenantReads reads;

    /** Serves the reads. */
    public LedgerController(JournalReads journal, TenantReads reads) {
        this.journal = journal;
        this.reads = reads;
    }

    /** The journal, in the order of posting. */
    @GetMapping("/api/journal")
    public Page<JournalEntry> journal(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @Nullable String operation,
            @RequestParam(required = false) @Nullable String sourceId,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        JournalFilter filter = JournalFilter.of(from, to, account, operation, sourceId);
        return reads.read(request, tenant -> journal.page(tenant, filter, page));
    }

    /** Debit and credit by currency. */
    @GetMapping("/api/trial-balance")
    public SortedMap<String, TrialBalance> trialBalance(HttpServletRequest request) {
        return reads.read(request, journal::trialBalance);
    }
}
