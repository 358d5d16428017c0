package dev.semel.sync.text;

import java.util.Optional;
import java.util.function.Function;

/**
 * What reading hostile input comes to: a value that keeps all rules, or the rule that the input breaks. Immutable if the value is.
 *
 * @param <T> the value's type
 */
public sealed interface Checked<T> {
    /** The input keeps all rules. */
    record Good<T>(T taken) implements Checked<T> {}

    /** The input breaks a rule. */
    record Refused<T>(Refusal reason) implements Checked<T> {}

    /** The input was read. */
    static <T> Checked<T> good(T value) {
        return new Good<>(value);
    }

    /** The input was refused. */
    static <T> Checked<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** The value, or nothing if the input was refused. */
    default Optional<T> value() {
        return this instanceof Good<T> good ? Optional.of(good.taken()) : Optional.empty();
    }

    /** The refusal, or nothing if the input was read. */
    default Optional<Refusal> refusal() {
        return this instanceof Refused<T> refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    /**
     * The value.
     *
     * @param failure what to throw for a refusal
     */
    default T orElseThrow(Function<Refusal, ? extends RuntimeException> failure) {
        if (this instanceof Good<T> good) {
            return good.taken();
        }
        throw failure.apply(((Refused<T>) this).reason());
    }
}
