package dev.semel.spring.internal;

import dev.semel.ReentryException;
import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Stays with a write's transaction: no other one may start beside it, whose rows would stay if the write is rolled back. */
final class OnlyTransaction implements TransactionSynchronization {
    private final TransactionStatus status;

    OnlyTransaction(TransactionStatus status) {
        this.status = status;
    }

    static TransactionStatus current() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(OnlyTransaction.class::isInstance)
                .map(one -> ((OnlyTransaction) one).status)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no write's transaction is open"));
    }

    /** Before any other one is suspended, because they would stay so. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void suspend() {
        throw new ReentryException(
                "A handler's work is done in its write's one transaction, and what it leaves beside it"
                        + " would stay when the write is rolled back: REQUIRES_NEW, NOT_SUPPORTED and another database's"
                        + " transaction are refused. Use REQUIRED, or emit an event.");
    }
}
