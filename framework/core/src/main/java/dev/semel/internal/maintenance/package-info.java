/** How {@link dev.semel.maintenance} works. Nobody outside core may use these types; they change without notice. */
@NullMarked
package dev.semel.internal.maintenance;

import org.jspecify.annotations.NullMarked;
