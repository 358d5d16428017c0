/** What the operator asked for, and how to tell that it cannot be had. */
@NullMarked
package dev.semel.server.options;

import org.jspecify.annotations.NullMarked;
