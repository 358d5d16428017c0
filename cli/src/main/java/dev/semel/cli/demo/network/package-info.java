/** A client that behaves as a bad network does: it duplicates, drops and repeats, and watches every answer. */
@NullMarked
package dev.semel.cli.demo.network;

import org.jspecify.annotations.NullMarked;
