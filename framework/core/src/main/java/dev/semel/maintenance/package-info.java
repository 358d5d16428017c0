/** Work across tenants on Semel's own tables. */
@NullMarked
package dev.semel.maintenance;

import org.jspecify.annotations.NullMarked;
