/** What operators read and mend with: the audit log, the outbox, leases, the registry, usage. */
@NullMarked
package dev.semel.server.operations;

import org.jspecify.annotations.NullMarked;
