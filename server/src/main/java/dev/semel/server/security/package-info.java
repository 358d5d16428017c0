/** Who a request comes from, and what its roles allow. */
@NullMarked
package dev.semel.server.security;

import org.jspecify.annotations.NullMarked;
