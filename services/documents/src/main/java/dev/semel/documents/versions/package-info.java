/** Documents, their versions, and the writes that make and change them. */
@NullMarked
package dev.semel.documents.versions;

import org.jspecify.annotations.NullMarked;
