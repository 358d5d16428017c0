/** Documents with versions, exactly one of them active; their content lies in a blob store outside the transaction. */
@NullMarked
package dev.semel.documents;

import org.jspecify.annotations.NullMarked;
