/** How {@link dev.semel.outbox} works. Nobody outside core may use these types; they change without notice. */
@NullMarked
package dev.semel.internal.outbox;

import org.jspecify.annotations.NullMarked;
