/** What the published OpenAPI document says beyond the controllers' signatures. */
@NullMarked
package dev.semel.server.openapi;

import org.jspecify.annotations.NullMarked;
