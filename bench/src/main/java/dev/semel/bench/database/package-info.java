/** The database that is measured on. */
@NullMarked
package dev.semel.bench.database;

import org.jspecify.annotations.NullMarked;
