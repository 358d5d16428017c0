package dev.semel.server.operations;

import dev.semel.KeyReader;
import dev.semel.RejectedException;
import dev.semel.audit.AuditFilter;
import dev.semel.audit.AuditReader;
import dev.semel.audit.AuditRecord;
import dev.semel.audit.AuditStatus;
import dev.semel.outbox.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together what one request did. Works in the transaction of its caller. */
final class TraceReader {
    private static final int SHOWN = 500;

    private final AuditReader log;
    private final KeyReader keys;
    private final Outbox outbox;

    TraceReader(Connection connection, String tenant) {
        log = new AuditReader(connection, tenant);
        keys = new KeyReader(connection, tenant);
        outbox = new Outbox(connection, tenant);
    }

    Trace trace(String requestId) throws SQLException {
        List<AuditRecord> rows = log.list(AuditFilter.ofRequest(requestId), null, SHOWN + 1);
        List<Outbox.Pending> left = outbox.ofRequest(requestId, SHOWN + 1);
        if (rows.isEmpty() && left.isEmpty()) {
            throw RejectedException.notFound("Nothing is known of such a request.");
        }
        List<AuditRecord> shown = new ArrayList<>(first(rows));
        Collections.reverse(shown);
        return new Trace(
                requestId,
                shown.stream().map(WriteItem::of).toList(),
                keys.find(usedBy(shown)),
                state(requestId, left),
                first(left).stream().map(OutboxItem::of).toList(),
                rows.size() > SHOWN || left.size() > SHOWN);
    }

    private static <T> List<T> first(List<T> found) {
        return found.subList(0, Math.min(SHOWN, found.size()));
    }

    private static Set<String> usedBy(List<AuditRecord> rows) {
        return rows.stream().map(AuditRecord::key).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private Trace.DeliveryState state(String requestId, List<Outbox.Pending> left) throws SQLException {
        if (left.stream().anyMatch(one -> one.parkedReason() != null)) {
            return Trace.DeliveryState.PARKED;
        }
        if (!left.isEmpty()) {
            return Trace.DeliveryState.PENDING;
        }
        if (has(requestId, AuditStatus.PARKED)) {
            return Trace.DeliveryState.DELIVERED_OR_DISCARDED;
        }
        return has(requestId, AuditStatus.EXECUTED)
                ? Trace.DeliveryState.DELIVERED
                : Trace.DeliveryState.NOTHING_EMITTED;
    }

    /** Asked of the log, and not of what is shown of it: a request id may have been sent again and again. */
    private boolean has(String requestId, AuditStatus status) throws SQLException {
        AuditFilter filter = new AuditFilter(requestId, null, null, status, null, null);
        return !log.list(filter, null, 1).isEmpty();
    }
}
