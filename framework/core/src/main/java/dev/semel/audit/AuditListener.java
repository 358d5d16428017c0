package dev.semel.audit;

/**
 * Is told what became of the entries of an {@link AuditWriter}. Called in the writer's thread and in those of callers, so
 * implementations are thread-safe and quick; what they throw is ignored.
 */
public interface AuditListener {
    /** This many entries are in the audit log. */
    default void written(int entries) {}

    /** This many entries will never be: no room, nothing that the database could store, or no database. */
    default void lost(int entries) {}
}
