/** How content is answered: as bytes, whole or in part, and as the difference of two versions. */
@NullMarked
package dev.semel.documents.reading;

import org.jspecify.annotations.NullMarked;
