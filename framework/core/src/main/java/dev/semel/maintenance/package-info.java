/** Jobs that keep the tables in shape, and how they report themselves. */
@NullMarked
package dev.semel.maintenance;

import org.jspecify.annotations.NullMarked;
