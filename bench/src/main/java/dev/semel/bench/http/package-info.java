/** The server as its clients see it. */
@NullMarked
package dev.semel.bench.http;

import org.jspecify.annotations.NullMarked;
