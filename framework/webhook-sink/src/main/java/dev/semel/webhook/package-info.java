/** A sink that posts events to a webhook: signed, at least once, and never into the own network by accident. */
@NullMarked
package dev.semel.webhook;

import org.jspecify.annotations.NullMarked;
