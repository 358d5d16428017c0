package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Fingerprint;
import dev.semel.KeyReusedException;
import dev.semel.Outcome;
import dev.semel.SemelException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One key that is being worked on in this JVM. Its leader goes to the database; duplicates join the flight instead and hold
 * no connection. Thread-safe.
 */
final class Flight {
    private final Fingerprint fingerprint;
    private final CompletableFuture<Boolean> executing = new CompletableFuture<>();
    private final CompletableFuture<Optional<Outcome<?>>> settled = new CompletableFuture<>();

    Flight(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** The key is free and the handler starts: from now on another payload is known to be a misuse. */
    void executing() {
        executing.complete(true);
    }

    /** The leader has its outcome. */
    void settle(Outcome<?> outcome) {
        settled.complete(Optional.of(outcome));
        executing.complete(true);
    }

    /** The leader was refused; whoever asked for the same at the same time is refused with it. */
    void refuse(SemelException refusal) {
        settled.completeExceptionally(refusal);
        executing.complete(false);
    }

    /** The leader failed and left nothing: one of those who wait takes over. */
    void fail() {
        settled.complete(Optional.empty());
        executing.complete(false);
    }

    /**
     * Waits for the leader, without a thread: its outcome or refusal, or empty if it left none, or {@link
     * KeyReusedException} once it is known that this key is used with another payload.
     */
    <R> CompletableFuture<Optional<Outcome<R>>> join(Call<?, R> call) {
        return call.fingerprint().equals(fingerprint)
                ? settled.thenApply(Flight::<R>replay)
                : executing.thenApply(reused -> refuseIf(reused, call));
    }

    private static <R> Optional<Outcome<R>> refuseIf(boolean reused, Call<?, R> call) {
        if (reused) {
            throw KeyReusedException.inUse(call.operation());
        }
        return Optional.empty();
    }

    /** The fingerprint covers the operation's name, so an equal fingerprint means equal types. */
    @SuppressWarnings("unchecked")
    private static <R> Optional<Outcome<R>> replay(Optional<Outcome<?>> outcome) {
        return outcome.map(o -> new Outcome.Replayed<>(o.resultId(), o.snapshot(), () -> (R) o.result()));
    }
}
