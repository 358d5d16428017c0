package dev.semel.books.bank;

import dev.semel.RejectedException;
import dev.semel.books.money.Money;
import dev.semel.books.payments.PaymentTable;
import dev.semel.books.refunds.RefundTable;
import dev.semel.spring.web.PathIds;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what explains bank transactions. Works in the transaction of its caller. */
public final class Explanations {
    private final PaymentTable payments;
    private final RefundTable refunds;

    /** Reads from those tables. */
    public Explanations(PaymentTable payments, RefundTable refunds) {
        this.payments = payments;
        this.refunds = refunds;
    }

    /**
     * What is named, which nobody reverses before this transaction ends.
     *
     * @throws RejectedException if there is none
     */
    Explanation hold(String tenant, NewReconciliation named) {
        UUID payment = named.paymentId();
        return payment == null ? refund(tenant, named.refundId()) : payment(tenant, payment);
    }

    private Explanation payment(String tenant, UUID id) {
        return payments.hold(tenant, id)
                .map(payment -> new Explanation(
                        Explanation.Kind.PAYMENT,
                        Money.of(payment.amount(), payment.currency()),
                        payment.reversedAt() != null))
                .orElseThrow(() -> PathIds.notFound("payment"));
    }

    private Explanation refund(String tenant, @Nullable UUID id) {
        return Optional.ofNullable(id)
                .flatMap(named -> refunds.hold(tenant, named))
                .map(refund -> new Explanation(
                        Explanation.Kind.REFUND,
                        Money.of(refund.amount(), refund.currency()),
                        refund.reversedAt() != null))
                .orElseThrow(() -> PathIds.notFound("refund"));
    }
}
