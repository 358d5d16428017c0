/** How {@link dev.semel.lease} works. Nobody outside core may use these types; they change without notice. */
@NullMarked
package dev.semel.internal.lease;

import org.jspecify.annotations.NullMarked;
