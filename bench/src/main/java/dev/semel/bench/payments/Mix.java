package dev.semel.bench.payments;

/** What share of the calls repeats a finished one. */
public enum Mix {
    /** Every call has a new key. */
    FRESH(0),
    /** Every second call is a retry. */
    HALF(1),
    /** Every call is a retry. */
    REPLAYS(2);

    private final int repeatedOfTwo;

    Mix(int repeatedOfTwo) {
        this.repeatedOfTwo = repeatedOfTwo;
    }

    boolean repeats(long number) {
        return number % 2 < repeatedOfTwo;
    }

    boolean repeatsAny() {
        return repeatedOfTwo > 0;
    }
}
