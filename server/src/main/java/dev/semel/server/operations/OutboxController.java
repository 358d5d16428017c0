package dev.semel.server.operations;

import dev.semel.Write;
import dev.semel.outbox.Outbox;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Filters;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of the outbox. */
@RestController
@RequestMapping("/api/outbox")
final class OutboxController {
    private static final String ID =
            "EVENT:SINK names one delivery, EVENT (a UUID) alone all parked deliveries of the event; as in the list's id.";

    private final TenantRows rows;

    OutboxController(TenantRows rows) {
        this.rows = rows;
    }

    @GetMapping
    @Operation(
            summary = "What is left to deliver, the oldest event first",
            description =
                    "state is pending (the default: not tried yet, waiting, or to be tried again) or parked (given up"
                            + " until an operator decides).")
    Page<OutboxItem> list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        Outbox.State asked = Filters.constant(Outbox.State.class, "state", state);
        Outbox.State wanted = asked == null ? Outbox.State.PENDING : asked;
        PageRequest page = new PageRequest(limit, cursor);
        Outbox.Position after = OutboxPosition.of(page);
        return Page.of(
                        rows.read(
                                request,
                                (connection, tenant) ->
                                        new Outbox(connection, tenant).list(wanted, after, page.fetch())),
                        page,
                        OutboxPosition::cursor)
                .map(OutboxItem::of);
    }

    @PostMapping("/{id}/replay")
    @Gate("replayEvent")
    @Operation(
            summary = "Has parked deliveries tried again from the start",
            description = "409 EVENT_NOT_PARKED if none of them is parked.")
    Mended replay(@Parameter(description = ID) @PathVariable String id, Write<ReplayEvent> write) throws SQLException {
        return OutboxRepairs.replay(id, write);
    }

    @PostMapping("/replay")
    @Gate("replayParkedEvents")
    @Operation(summary = "Has all parked deliveries tried again, or those of a type or to a sink")
    Mended replayAll(@RequestBody ReplayParked body, Write<ReplayParked> write) throws SQLException {
        return OutboxRepairs.replayAll(write);
    }

    @DeleteMapping("/{id}")
    @Gate("discardEvent")
    @Operation(
            summary = "Gives parked deliveries up for good; later ones that waited for them go on",
            description = "409 EVENT_NOT_PARKED if none of them is parked.")
    Mended discard(@Parameter(description = ID) @PathVariable String id, Write<DiscardEvent> write)
            throws SQLException {
        return OutboxRepairs.discard(id, write);
    }
}
