/** Pushes: what clients want files to become. */
@NullMarked
package dev.semel.sync.push;

import org.jspecify.annotations.NullMarked;
