/** New payments in a database that has many old keys, and what goes on in it meanwhile. */
@NullMarked
package dev.semel.bench.growth;

import org.jspecify.annotations.NullMarked;
