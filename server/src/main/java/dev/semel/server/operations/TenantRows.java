package dev.semel.server.operations;

import dev.semel.Semel;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads for the tenant of a request, in one snapshot, with core's readers. Thread-safe. */
final class TenantRows {
    private final Semel semel;
    private final CallerResolver callers;

    TenantRows(Semel semel, CallerResolver callers) {
        this.semel = semel;
        this.callers = callers;
    }

    /** Works in the transaction, for the tenant. */
    @FunctionalInterface
    interface Body<T> {
        T read(Connection connection, String tenant) throws SQLException;
    }

    <T> T read(HttpServletRequest request, Body<T> body) {
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        return semel.read(tenant, connection -> body.read(connection, tenant));
    }
}
