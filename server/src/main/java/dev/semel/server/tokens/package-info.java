/** Bearer tokens: made, listed, revoked, looked up. Only their hashes are stored. */
@NullMarked
package dev.semel.server.tokens;

import org.jspecify.annotations.NullMarked;
