/** Publishing: what was accepted goes to main. */
@NullMarked
package dev.semel.sync.publish;

import org.jspecify.annotations.NullMarked;
