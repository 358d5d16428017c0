package dev.semel.server.operations;

import dev.semel.lease.LeaseReader;
import dev.semel.spring.web.Cursors;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The route of leases. */
@RestController
@RequestMapping("/api/leases")
final class LeaseController {
    private static final Pattern SHAPE = Pattern.compile("l([!-~]{1,200})");

    private final TenantRows rows;

    LeaseController(TenantRows rows) {
        this.rows = rows;
    }

    @GetMapping
    @Operation(
            summary = "Leases in the order of their targets",
            description =
                    "A target that was ever leased stays, so that its fence only grows: state tells whether it is HELD,"
                            + " EXPIRED or RELEASED now.")
    Page<LeaseReader.Entry> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        String after = page.cursor() == null
                ? ""
                : Cursors.decode(page.cursor(), SHAPE).group(1);
        return Page.of(
                rows.read(
                        request, (connection, tenant) -> new LeaseReader(connection, tenant).list(after, page.fetch())),
                page,
                lease -> Cursors.encode("l" + lease.target()));
    }
}
