/** The audit log: what a call came to, and where it is kept when the call wrote nothing. */
@NullMarked
package dev.semel.audit;

import org.jspecify.annotations.NullMarked;
