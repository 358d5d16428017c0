package dev.semel.spring.internal;

import dev.semel.ReentryException;
import dev.semel.TransactionBody;
import dev.semel.Transactions;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions of Spring's transaction manager, so that {@code JdbcClient}, JPA, jOOQ and whatever else takes part in Spring's
 * transactions works on the write's own connection.
 */
public final class SpringTransactions implements Transactions {
    private final PlatformTransactionManager manager;
    private final DataSource dataSource;

    public SpringTransactions(PlatformTransactionManager manager, DataSource dataSource) {
        this.manager = manager;
        this.dataSource = dataSource;
    }

    @Override
    public <T> T run(TransactionBody<T> body) throws Exception {
        requireNone();
        try (SetAside ignored = SetAside.of(manager)) {
            return runAnew(body);
        }
    }

    @Override
    public void requireNone() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new ReentryException("A write owns its transaction and cannot run inside another one: remove"
                    + " @Transactional from the code that calls Semel.");
        }
    }

    /** Only where a transaction is its connection and nothing more. */
    @Override
    public boolean mayBeShared() {
        return manager instanceof DataSourceTransactionManager;
    }

    /**
     * A mark as rollback-only belongs to the call whose work is undone, as with Spring's own savepoints. Whose a registered
     * synchronisation is cannot be told: it must not run for a call that is undone.
     */
    @Override
    public boolean mayGoOn(boolean undone) {
        ResourceHolderSupport holder = holder();
        if (!undone) {
            return !holder.isRollbackOnly();
        }
        holder.resetRollbackOnly();
        return nobodyTakesPart();
    }

    private <T> T runAnew(TransactionBody<T> body) throws Exception {
        TransactionStatus status = manager.getTransaction(new DefaultTransactionDefinition());
        T result = runOrRollBack(status, body);
        manager.commit(status);
        return result;
    }

    /**
     * Whoever takes part in Spring's transaction has its say before the commit: a listener, a veto. What JPA has kept back is
     * flushed now, so that its failure is the handler's and not the key's.
     */
    @Override
    public boolean mayCommitWithLastStatements() {
        ResourceHolderSupport holder = holder();
        if (!holder.isRollbackOnly()) {
            OnlyTransaction.current().flush();
        }
        if (holder.isRollbackOnly()) {
            throw new UnexpectedRollbackException("a part of the write has marked its transaction as rollback-only");
        }
        return manager instanceof DataSourceTransactionManager && nobodyTakesPart();
    }

    private ResourceHolderSupport holder() {
        if (TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder) {
            return holder;
        }
        throw new IllegalStateException("the transaction manager does not manage the data source's transactions");
    }

    private static boolean nobodyTakesPart() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .allMatch(OnlyTransaction.class::isInstance);
    }

    private <T> T runOrRollBack(TransactionStatus status, TransactionBody<T> body) throws Exception {
        try {
            TransactionSynchronizationManager.registerSynchronization(new OnlyTransaction(status));
            return body.run(DataSourceUtils.getConnection(dataSource));
        } catch (Throwable failure) {
            rollBack(status, failure);
            throw failure;
        }
    }

    private void rollBack(TransactionStatus status, Throwable failure) {
        try {
            manager.rollback(status);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
