/**
 * The audit log: what a call came to, and where it is kept when the call wrote nothing; how it is known that nobody changed it
 * since, and where old months go.
 */
@NullMarked
package dev.semel.audit;

import org.jspecify.annotations.NullMarked;
