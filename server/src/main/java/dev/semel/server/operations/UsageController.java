package dev.semel.server.operations;

import dev.semel.outbox.UsageReader;
import dev.semel.spring.web.Filters;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.chrono.ChronoLocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The route of usage. */
@RestController
@RequestMapping("/api/usage")
final class UsageController {
    private final TenantRows rows;

    UsageController(TenantRows rows) {
        this.rows = rows;
    }

    /** Usage by day and operation. Immutable. */
    record UsageReport(List<UsageReader.Usage> items) {
        /** Copies the items. */
        UsageReport {
            items = List.copyOf(items);
        }
    }

    @GetMapping
    @Operation(
            summary = "How often each operation was executed, by day (UTC)",
            description =
                    "Counted after the commit, each write once; the last moments may be missing. from and to are dates,"
                            + " both included.")
    UsageReport usage(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            HttpServletRequest request) {
        LocalDate first = Filters.day("from", from);
        LocalDate last = Filters.day("to", to);
        Parameters.<ChronoLocalDate>requireOrder(first, last);
        return new UsageReport(
                rows.read(request, (connection, tenant) -> new UsageReader(connection, tenant).between(first, last)));
    }
}
