package dev.semel.bench.payments;

import java.util.List;
import java.util.UUID;

/** A contender at work. Thread-safe. */
public interface PaymentSession extends AutoCloseable {
    /**
     * Records the payment.
     *
     * @return the payment's id
     * @throws Exception if it was not recorded, or if that is not known
     */
    UUID pay(PaymentCall call) throws Exception;

    /**
     * Asks again for a payment that was recorded.
     *
     * @throws Exception as {@link #pay}
     */
    default UUID repeat(PaymentCall call) throws Exception {
        return pay(call);
    }

    /**
     * Records payments that will be asked for again.
     *
     * @throws Exception as {@link #pay}
     */
    default void prepare(List<PaymentCall> calls) throws Exception {
        for (PaymentCall call : calls) {
            pay(call);
        }
    }

    @Override
    void close();
}
