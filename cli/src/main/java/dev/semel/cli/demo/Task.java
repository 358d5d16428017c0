package dev.semel.cli.demo;

import dev.semel.cli.demo.network.Ask;
import org.jspecify.annotations.Nullable;

/**
 * One write to be done.
 *
 * @param changed the same key with another payload, if that is to be tried
 */
record Task(Ask ask, @Nullable Ask changed) {

    static Task of(Ask ask) {
        return new Task(ask, null);
    }
}
