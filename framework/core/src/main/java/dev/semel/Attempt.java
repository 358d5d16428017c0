package dev.semel;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What {@link Semel#attempt} found.
 *
 * @param <R> the operation's result type
 */
public sealed interface Attempt<R> {
    /**
     * The call is over.
     *
     * @param outcome how it ended
     */
    record Finished<R>(Outcome<R> outcome) implements Attempt<R> {}

    /**
     * Another call in this JVM holds the key.
     *
     * @param settled completes when that call is over: with its outcome as a replay, or empty if it left none, then attempt
     *     again; exceptionally with {@link KeyReusedException} if the payloads differ. Complete it yourself to give up.
     */
    record InFlight<R>(CompletableFuture<Optional<Outcome<R>>> settled) implements Attempt<R> {}
}
