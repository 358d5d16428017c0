/** How the engine works. Nobody outside core may use these types; they change without notice. */
@NullMarked
package dev.semel.internal;

import org.jspecify.annotations.NullMarked;
