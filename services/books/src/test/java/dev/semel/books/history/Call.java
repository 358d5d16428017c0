package dev.semel.books.history;

import dev.semel.Key;
import dev.semel.Outcome;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A write that can be asked for again and again.
 *
 * @param operation whose it is
 * @param whenDone is given the result's id, after each answer
 */
record Call(String operation, Key key, Supplier<? extends Outcome<?>> write, Consumer<UUID> whenDone) {}
