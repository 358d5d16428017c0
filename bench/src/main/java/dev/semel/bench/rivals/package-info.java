/** Others that promise something near, each as its makers recommend it. */
@NullMarked
package dev.semel.bench.rivals;

import org.jspecify.annotations.NullMarked;
