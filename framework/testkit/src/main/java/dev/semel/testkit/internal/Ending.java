package dev.semel.testkit.internal;

import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.Snapshot;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** How one call ended. */
public sealed interface Ending {
    /**
     * With an answer that a retry must repeat: an outcome, or a rejection.
     *
     * @param answer its bytes as text, for comparison only
     * @param replayed whether an earlier call is answered again
     * @param resultId null for a rejection
     */
    record Answered(
            String answer, boolean replayed, @Nullable UUID resultId) implements Ending {}

    /** With anything else. */
    record Failed(Exception failure) implements Ending {}

    /** Runs the call to its end. */
    static Ending of(Callable<? extends Outcome<?>> call) {
        try {
            Outcome<?> outcome = call.call();
            return new Answered(text(outcome), outcome.replayed(), outcome.resultId());
        } catch (RejectedException rejection) {
            return new Answered(
                    rejection.reason() + " " + rejection.code() + " " + rejection.getMessage(),
                    rejection.replayed(),
                    null);
        } catch (Exception failure) {
            return new Failed(failure);
        }
    }

    /** The answer, if there is one. */
    default Optional<Answered> answered() {
        return this instanceof Answered answered ? Optional.of(answered) : Optional.empty();
    }

    private static String text(Outcome<?> outcome) {
        Snapshot snapshot = outcome.snapshot();
        return outcome.resultId() + " " + snapshot.typeId() + " " + snapshot.contentType() + " "
                + Arrays.toString(snapshot.body());
    }
}
