/** How {@link dev.semel.audit} works. Nobody outside core may use these types; they change without notice. */
@NullMarked
package dev.semel.internal.audit;

import org.jspecify.annotations.NullMarked;
