/**
 * For tests of writes on a real PostgreSQL: a database per test class, a data source that can be listened to and broken, and
 * the two together with an engine.
 */
@NullMarked
package dev.semel.testkit;

import org.jspecify.annotations.NullMarked;
