/** Contents of files on their way in and out: outside of transactions. */
@NullMarked
package dev.semel.sync.content;

import org.jspecify.annotations.NullMarked;
