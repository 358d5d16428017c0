/** JSON for payloads and results, with Jackson: strict when reading, and one canonical form for fingerprints. */
@NullMarked
package dev.semel.jackson;

import org.jspecify.annotations.NullMarked;
