/** The files of a scope as main has them, and how they change. */
@NullMarked
package dev.semel.sync.files;

import org.jspecify.annotations.NullMarked;
