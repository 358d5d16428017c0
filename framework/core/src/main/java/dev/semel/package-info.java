/**
 * Exactly-once writes for multi-tenant services on PostgreSQL.
 *
 * <p>An {@link dev.semel.Operation} declares a kind of write once. {@link dev.semel.Semel} executes it: the handler's rows,
 * the idempotency key, the audit row and the emitted events become visible in one commit or not at all, and a repeated call
 * under the same key is answered with the stored outcome. Needs JDBC and SLF4J, nothing else.
 */
@NullMarked
package dev.semel;

import org.jspecify.annotations.NullMarked;
