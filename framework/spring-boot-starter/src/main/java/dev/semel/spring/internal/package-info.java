/** How the starter works. Nobody outside it may use these types; they change without notice. */
@NullMarked
package dev.semel.spring.internal;

import org.jspecify.annotations.NullMarked;
