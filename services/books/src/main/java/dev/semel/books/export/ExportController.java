package dev.semel.books.export;

import dev.semel.books.invoices.InvoiceFilter;
import dev.semel.books.ledger.JournalFilter;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of exports: the same filters as of the lists, all rows of one snapshot, in one file. */
@RestController
public final class ExportController {
    private final JournalExport journal;
    private final InvoiceExport invoices;
    private final TenantReads reads;

    /** Serves the exports. */
    public ExportController(JournalExport journal, InvoiceExport invoices, TenantReads reads) {
        this.journal = journal;
        this.invoices = invoices;
        this.reads = reads;
    }

    /** The journal, a row for each line, in the order of posting. */
    @GetMapping(path = "/api/journal.csv", produces = CsvAnswers.TYPE)
    public ResponseEntity<Resource> journal(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @Nullable String operation,
            @RequestParam(required = false) @Nullable String sourceId,
            HttpServletRequest request) {
        JournalFilter filter = JournalFilter.of(from, to, account, operation, sourceId);
        return CsvAnswers.of(
                "journal.csv",
                file(request, JournalExport.HEADER, (tenant, rows) -> journal.write(tenant, filter, rows)));
    }

    /** The invoices, in the order of their numbers. */
    @GetMapping(path = "/api/invoices.csv", produces = CsvAnswers.TYPE)
    public ResponseEntity<Resource> invoices(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String customerId,
            @RequestParam(required = false) @Nullable String dueBefore,
            HttpServletRequest request) {
        InvoiceFilter filter = InvoiceFilter.of(status, customerId, dueBefore);
        return CsvAnswers.of(
                "invoices.csv",
                file(request, InvoiceExport.HEADER, (tenant, rows) -> invoices.write(tenant, filter, rows)));
    }

    private CsvFile file(
            HttpServletRequest request,
            List<String> header,
            BiConsumer<String, Consumer<List<@Nullable Object>>> export) {
        return reads.read(request, tenant -> CsvFile.of(header, rows -> export.accept(tenant, rows)));
    }
}
