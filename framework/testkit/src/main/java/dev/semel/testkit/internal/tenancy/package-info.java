/** Reads SQL for its tenant conditions. */
@NullMarked
package dev.semel.testkit.internal.tenancy;

import org.jspecify.annotations.NullMarked;
