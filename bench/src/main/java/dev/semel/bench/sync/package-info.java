/** Markdown sync over HTTP: pushes, publishes and pulls. */
@NullMarked
package dev.semel.bench.sync;

import org.jspecify.annotations.NullMarked;
