package dev.semel.bench.payments;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * One request for a payment.
 *
 * @param tenant who is asked for
 * @param key the idempotency key, which is also the payment's reference, so that a double is seen in the rows
 * @param payment what is asked for
 */
public record PaymentCall(String tenant, String key, NewPayment payment) {
    private static final BigDecimal AMOUNT = new BigDecimal("12.50");

    /** What a client sends. */
    public record NewPayment(UUID invoiceId, BigDecimal amount, String currency, String reference) {}

    static PaymentCall of(String tenant, String key, UUID invoice) {
        return new PaymentCall(tenant, key, new NewPayment(invoice, AMOUNT, "EUR", key));
    }
}
