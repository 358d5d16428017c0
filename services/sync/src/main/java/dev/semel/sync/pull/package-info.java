/** Pulls: what has become of files, by cursors and manifests. */
@NullMarked
package dev.semel.sync.pull;

import org.jspecify.annotations.NullMarked;
