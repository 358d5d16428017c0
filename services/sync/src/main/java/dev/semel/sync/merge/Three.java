package dev.semel.sync.merge;

import java.util.Optional;
import java.util.function.Function;

/** The same thing three times: as it was, as it is in main, and as it came in. */
record Three<T>(T base, T main, T incoming) {
    <R> Three<R> map(Function<? super T, ? extends R> each) {
        return new Three<>(each.apply(base), each.apply(main), each.apply(incoming));
    }

    /** The one that was changed on one side at most, or on both in the same way. */
    Optional<T> undisputed() {
        if (main.equals(incoming) || incoming.equals(base)) {
            return Optional.of(main);
        }
        return main.equals(base) ? Optional.of(incoming) : Optional.empty();
    }
}
