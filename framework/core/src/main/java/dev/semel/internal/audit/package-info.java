/** The audit log's writer, seals, verification and archive. */
@NullMarked
package dev.semel.internal.audit;

import org.jspecify.annotations.NullMarked;
