/** {@code semel demo}: sends the sample company over a bad network, kills the server on the way, and counts what is left. */
@NullMarked
package dev.semel.cli.demo;

import org.jspecify.annotations.NullMarked;
