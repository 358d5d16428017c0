/** The test kit's own parts. */
@NullMarked
package dev.semel.testkit.internal;

import org.jspecify.annotations.NullMarked;
