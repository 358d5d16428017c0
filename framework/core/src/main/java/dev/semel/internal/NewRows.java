package dev.semel.internal;

import java.util.ArrayList;
import java.util.List;

/** What a transaction inserts in its last round trip. Belongs to one thread. */
final class NewRows {
    private final List<NewKey> keys = new ArrayList<>();
    private final List<AuditRow> auditRows = new ArrayList<>();
    private final List<EventRow> events = new ArrayList<>();

    void add(NewKey key, AuditRow auditRow) {
        keys.add(key);
        auditRows.add(auditRow);
    }

    void add(EventRow event) {
        events.add(event);
    }

    void addAll(NewRows more) {
        keys.addAll(more.keys);
        auditRows.addAll(more.auditRows);
        events.addAll(more.events);
    }

    /** Forgets all; after the database was rolled back to the savepoint before the handler. */
    void clear() {
        keys.clear();
        auditRows.clear();
        events.clear();
    }

    List<NewKey> keys() {
        return keys;
    }

    List<AuditRow> auditRows() {
        return auditRows;
    }

    List<EventRow> events() {
        return events;
    }
}
