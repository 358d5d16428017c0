package dev.semel.server;

import java.util.function.Supplier;

/**
 * What the books refuse.
 *
 * @param when in words
 * @param arranged makes what is needed for it to be refused
 */
record RefusedOrder(String operation, String code, int status, String when, Supplier<Attempt> arranged) {
    /**
     * What is refused, and what is executed under the same key afterwards.
     *
     * @param valid of the same operation
     */
    record Attempt(Order refused, Order valid) {}
}
