package dev.semel.internal;

import dev.semel.WriteListener;
import dev.semel.audit.AuditTrail;
import dev.semel.failpoint.Failpoints;
import java.util.List;

/** Who is told of an engine's writes, and who may disturb them. */
public record Observers(List<WriteListener> listeners, AuditTrail auditTrail, Failpoints failpoints) {}
