package dev.semel.books.bank;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.RawBody;
import dev.semel.spring.web.Filters;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of bank transactions. */
@RestController
@RequestMapping("/api/bank-transactions")
public final class BankTransactionController {
    private final ImportBankTransactions importBankTransactions;
    private final Reconciliation reconciliation;
    private final BankReads bank;
    private final TenantReads reads;

    /** Serves the handlers and the reads. */
    public BankTransactionController(
            ImportBankTransactions importBankTransactions,
            Reconciliation reconciliation,
            BankReads bank,
            TenantReads reads) {
        this.importBankTransactions = importBankTransactions;
        this.reconciliation = reconciliation;
        this.bank = bank;
        this.reads = reads;
    }

    /** Imports a statement. */
    @PostMapping(
            path = "/import",
            consumes = {StatementFiles.CSV, StatementFiles.XML, StatementFiles.TEXT_XML})
    @Gate("importBankTransactions")
    public ImportResult importStatement(@RequestBody RawBody body, Write<RawBody> write) {
        return importBankTransactions.handle(write);
    }

    /** Says which payment a bank transaction brought, or which refund it paid. */
    @PostMapping("/{id}/reconcile")
    @Gate("reconcileLedger")
    public BankTransaction reconcile(
            @PathVariable String id, @RequestBody NewReconciliation body, Write<NewReconciliation> write) {
        return reconciliation.reconcile(id, write);
    }

    /** Takes that back. */
    @PostMapping("/{id}/unreconcile")
    @Gate("unreconcileLedger")
    public BankTransaction unreconcile(
            @PathVariable String id, @RequestBody UndoReconciliation body, Write<UndoReconciliation> write) {
        return reconciliation.undo(id, write);
    }

    /** The bank transactions, in the order of their import. */
    @GetMapping
    public Page<BankTransaction> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable String reference,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String importId,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        BankTransactionFilter filter = new BankTransactionFilter(
                Filters.id("importId", importId),
                Filters.text("currency", currency),
                Filters.text("reference", reference),
                Filters.day("from", from),
                Filters.day("to", to),
                Filters.constant(BankTransactionStatus.class, "status", status));
        return reads.read(request, tenant -> bank.page(tenant, filter, page));
    }

    /** One bank transaction. */
    @GetMapping("/{id}")
    public BankTransaction get(@PathVariable String id, HttpServletRequest request) {
        return reads.read(request, tenant -> bank.get(tenant, id));
    }

    /** Payments that may explain a bank transaction, each with what speaks for it. */
    @GetMapping("/{id}/suggestions")
    public SuggestionList suggestions(@PathVariable String id, HttpServletRequest request) {
        return reads.read(request, tenant -> bank.suggestions(tenant, id));
    }
}
