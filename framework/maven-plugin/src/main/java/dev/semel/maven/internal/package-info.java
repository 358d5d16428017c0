/** What the verifier is made of. Nobody else's business. */
@NullMarked
package dev.semel.maven.internal;

import org.jspecify.annotations.NullMarked;
