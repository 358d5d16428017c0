package dev.semel;

import dev.semel.audit.AuditTrail;
import dev.semel.failpoint.Failpoints;
import dev.semel.internal.Binding;
import dev.semel.internal.Engine;
import dev.semel.internal.Observers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Executes operations exactly once. Thread-safe; one per database and application.
 *
 * <p>Every method that executes may throw, besides what it names: {@link KeyReusedException} if the key belongs to another
 * payload or operation, {@link RequestInProgressException} if another call holds the key for longer than the operation's wait
 * limit, {@link KeyExpiredException}, {@link RejectedException} as thrown by the handler, {@link UnavailableException} if the
 * database cannot be reached, {@link ReentryException} inside a handler, and {@link HandlerFailedException} around any
 * other exception of the handler. After each of them nothing was written by this call, but for two that leave it open and
 * are answered by asking again under the same key: {@link RequestInProgressException} and {@link UnavailableException}.
 */
public interface Semel {
    /** Starts the configuration of an engine. */
    static Builder builder(Transactions transactions, PayloadCodec codec) {
        return new Builder(transactions, codec);
    }

    /** All operations. */
    Registry registry();

    /** Whether an operation is registered with a handler of its own, and not only with those that come with calls. */
    boolean hasHandler(Operation<?, ?> operation);

    /**
     * Executes the operation's registered handler once under the key; waits for another call that holds it.
     *
     * @throws IllegalArgumentException if the operation is not registered or has no handler
     */
    <P, R> Outcome<R> execute(Operation<P, R> operation, Caller caller, Key key, P payload);

    /**
     * Executes the operation once for each key; a call that is refused or fails stops no other. Goes one after the other and costs
     * as much as that many single calls, unless the operation is {@linkplain Operation.Builder#coalesced coalesced}: then they
     * share transactions and have no order.
     *
     * @return one result per call, in the same order; a key that comes twice is answered twice and executed once
     * @throws IllegalArgumentException if the operation is not registered
     * @throws ReentryException inside a handler
     */
    <P, R> List<CallResult<R>> executeAll(Operation<P, R> operation, Caller caller, List<KeyedPayload<P>> calls);

    /** Executes the call's handler once under its key; waits, without a connection, for another call that holds it. */
    <P, R> Outcome<R> execute(Call<P, R> call);

    /**
     * As {@link #execute(Call)}, but never waits for another call in this JVM: for callers that can do something better with
     * their thread.
     */
    <P, R> Attempt<R> attempt(Call<P, R> call);

    /**
     * Reads with the tenant set and nothing else visible: one read-only snapshot.
     *
     * @throws UnavailableException if the database cannot be reached
     * @throws HandlerFailedException around any checked exception of the body
     */
    <T> T read(String tenant, TransactionBody<T> body);

    /** Collects an engine's configuration. Not thread-safe. */
    final class Builder {
        private final Transactions transactions;
        private final PayloadCodec codec;
        private final Map<Operation<?, ?>, Binding> bindings = new HashMap<>();
        private final List<WriteListener> listeners = new ArrayList<>();
        private AuditTrail auditTrail = AuditTrail.none();
        private Failpoints failpoints = Failpoints.disabled();
        private Coalescing coalescing = Coalescing.ofDefaults();

        private Builder(Transactions transactions, PayloadCodec codec) {
            this.transactions = transactions;
            this.codec = codec;
        }

        /** Registers an operation whose handler comes with each call. */
        public Builder register(Operation<?, ?> operation) {
            bindings.putIfAbsent(operation, new Binding(null, null, null));
            return this;
        }

        /** Registers an operation with its handler. */
        public <P, R> Builder handle(Operation<P, R> operation, Handler<P, R> handler) {
            bindings.merge(operation, new Binding(handler, null, null), Binding::and);
            return this;
        }

        /** Registers how a {@link Risk#FINANCIAL} operation finds the row of an earlier execution. */
        public <P, R> Builder recall(Operation<P, R> operation, Recall<R> recall) {
            bindings.merge(operation, new Binding(null, recall, null), Binding::and);
            return this;
        }

        /**
         * Registers how many calls of a {@linkplain Operation.Builder#coalesced coalesced} operation are done at once. Optional, and
         * beside the ordinary handler: that one does what this one leaves out.
         */
        public <P, R> Builder handleAll(Operation<P, R> operation, BatchHandler<P, R> handler) {
            bindings.merge(operation, new Binding(null, null, handler), Binding::and);
            return this;
        }

        /** How calls share transactions. Default: {@link Coalescing#ofDefaults}. */
        public Builder coalescing(Coalescing limits) {
            coalescing = limits;
            return this;
        }

        /** Adds a listener. Listeners are told in the order in which they were added. */
        public Builder listener(WriteListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Where replays, refusals and failures are audited. Default: nowhere. Executions always are. */
        public Builder auditTrail(AuditTrail trail) {
            auditTrail = trail;
            return this;
        }

        /** Failpoints for tests and rehearsals. Default: disabled. */
        public Builder failpoints(Failpoints enabled) {
            failpoints = enabled;
            return this;
        }

        /**
         * The engine.
         *
         * @throws IllegalArgumentException if two operations share a name, a {@link Risk#FINANCIAL} one lacks its recall, one that
         *     is not {@linkplain Operation.Builder#coalesced coalesced} has a handler for many, or one is and the transactions
         *     {@linkplain Transactions#mayBeShared may not be shared}
         */
        public Semel build() {
            return Engine.create(
                    transactions,
                    codec,
                    Map.copyOf(bindings),
                    new Observers(List.copyOf(listeners), auditTrail, failpoints),
                    coalescing);
        }
    }
}
