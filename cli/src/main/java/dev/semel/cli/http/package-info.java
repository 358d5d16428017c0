/** Asks a server, again where that may help, and says what its answer means for the user. */
@NullMarked
package dev.semel.cli.http;

import org.jspecify.annotations.NullMarked;
