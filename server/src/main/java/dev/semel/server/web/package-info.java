/** The edge towards HTTP, as far as the starter does not cover it. */
@NullMarked
package dev.semel.server.web;

import org.jspecify.annotations.NullMarked;
