/** Names and bytes of files as the sync protocol has them: what is stored, hashed and compared, and what is refused. No input or output. */
@NullMarked
package dev.semel.sync.text;

import org.jspecify.annotations.NullMarked;
