package dev.semel.bench.payments;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Payments, one after another, by some callers at once. Immutable.
 *
 * @param mix how many of them are retries
 * @param company whose
 * @param callers how many threads ask; each waits for its answer before it asks again
 * @param connections of the pool, fewer than callers as in a server
 * @param warmUp how long they ask before anything is measured
 * @param time how long is measured
 */
public record PaymentWorkload(Mix mix, Company company, int callers, int connections, Duration warmUp, Duration time) {
    private static final int MOST_REPEATED = 1_000;
    private static final int SERVER_POOL = 10;

    /** With the pool of {@code semel server}: ten connections, or as many as there are callers if they are fewer. */
    public static PaymentWorkload of(Mix mix, int tenants, int callers, Duration time) {
        return new PaymentWorkload(
                mix, new Company(tenants), callers, Math.min(callers, SERVER_POOL), time.dividedBy(4), time);
    }

    List<PaymentCall> prepared() {
        return mix.repeatsAny()
                ? LongStream.range(0, repeated()).mapToObj(this::prepared).toList()
                : List.of();
    }

    /** In a short look fewer: they take longer to prepare than to repeat. */
    private long repeated() {
        return Math.min(MOST_REPEATED, time.toMillis() / 2);
    }

    private PaymentCall prepared(long number) {
        return company.call("old-" + number, number);
    }

    /** Does the call of that number and tells whether it was a new payment. */
    boolean call(PaymentSession session, long number) throws Exception {
        if (mix.repeats(number)) {
            session.repeat(prepared(number % repeated()));
            return false;
        }
        session.pay(company.call("new-" + number, number));
        return true;
    }
}
