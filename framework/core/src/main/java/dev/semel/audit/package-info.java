/** The audit log: every write, replay, refusal and failure, append-only, sealed by hash chains. */
@NullMarked
package dev.semel.audit;

import org.jspecify.annotations.NullMarked;
