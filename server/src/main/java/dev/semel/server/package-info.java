/** The start: options, assembly, the ready line, the end. What runs inside lives in the packages below. */
@NullMarked
package dev.semel.server;

import org.jspecify.annotations.NullMarked;
