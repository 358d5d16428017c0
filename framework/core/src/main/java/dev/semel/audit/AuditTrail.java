package dev.semel.audit;

/**
 * Takes the audit entries of calls that wrote nothing: their executions are audited in their own transactions. Thread-safe.
 */
@FunctionalInterface
public interface AuditTrail {
    /** Forgets all. */
    static AuditTrail none() {
        return entry -> {};
    }

    /** Takes an entry. Never blocks and never throws: what cannot be kept is counted and logged. */
    void add(AuditEntry entry);
}
