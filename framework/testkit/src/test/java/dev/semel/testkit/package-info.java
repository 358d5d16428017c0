/** The engine's promises, one test each, on a real PostgreSQL. */
@NullMarked
package dev.semel.testkit;

import org.jspecify.annotations.NullMarked;
