/** Content as a request brings it: in its body, or put before and named by its hash. */
@NullMarked
package dev.semel.documents.content;

import org.jspecify.annotations.NullMarked;
