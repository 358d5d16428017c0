/** Markdown sync: scopes of files that are pushed, reviewed, published and pulled without a lost change. */
@NullMarked
package dev.semel.sync;

import org.jspecify.annotations.NullMarked;
