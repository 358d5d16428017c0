package dev.semel.spring.internal;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps away from a write what was bound to its thread before: an entity manager that is open for the whole request (open in
 * view) would show the handler rows as they were read earlier.
 */
record SetAside(Object key, @Nullable Object resource) implements AutoCloseable {
    static SetAside of(PlatformTransactionManager manager) {
        if (!(manager instanceof ResourceTransactionManager owner)) {
            return new SetAside(manager, null);
        }
        Object key = owner.getResourceFactory();
        // What was used inside of a scope without a transaction (SUPPORTS) has a synchronisation by which Spring sets
        // it aside.
        if (TransactionSynchronizationManager.getResource(key) instanceof ResourceHolderSupport used
                && used.isSynchronizedWithTransaction()) {
            return new SetAside(key, null);
        }
        return new SetAside(key, TransactionSynchronizationManager.unbindResourceIfPossible(key));
    }

    @Override
    public void close() {
        if (resource != null) {
            TransactionSynchronizationManager.bindResource(key, resource);
        }
    }
}
