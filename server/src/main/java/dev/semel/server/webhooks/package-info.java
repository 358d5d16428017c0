/** Webhooks by configuration: which events are posted where. */
@NullMarked
package dev.semel.server.webhooks;

import org.jspecify.annotations.NullMarked;
