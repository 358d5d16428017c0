package dev.semel.books.creditnotes;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Filters;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of credit notes. */
@RestController
@RequestMapping("/api")
public final class CreditNoteController {
    private final CreateCreditNote createCreditNote;
    private final CreditNoteTable notes;
    private final TenantReads reads;

    /** Serves the handler and the table. */
    public CreditNoteController(CreateCreditNote createCreditNote, CreditNoteTable notes, TenantReads reads) {
        this.createCreditNote = createCreditNote;
        this.notes = notes;
        this.reads = reads;
    }

    /** Credits an invoice, in whole or by lines. */
    @PostMapping("/invoices/{id}/credit-notes")
    @Gate("createCreditNote")
    public CreditNote create(@PathVariable String id, @RequestBody NewCreditNote body, Write<NewCreditNote> write) {
        return createCreditNote.handle(id, write);
    }

    /** The credit notes, in the order of their numbers. */
    @GetMapping("/credit-notes")
    public Page<CreditNote> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String invoiceId,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        UUID invoice = Filters.id("invoiceId", invoiceId);
        return reads.read(request, tenant -> notes.page(tenant, invoice, page));
    }

    /** One credit note. */
    @GetMapping("/credit-notes/{id}")
    public CreditNote get(@PathVariable String id, HttpServletRequest request) {
        UUID note = PathIds.parse(id, "credit note");
        return reads.read(
                request, tenant -> notes.find(tenant, note).orElseThrow(() -> PathIds.notFound("credit note")));
    }
}
