package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Write;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;

/** The write that a handler sees. */
final class WriteContext<P> implements Write<P> {
    private final Call<P, ?> call;
    private final WriteTransaction<?> transaction;
    private final UUID resultId;

    WriteContext(Call<P, ?> call, UUID resultId, WriteTransaction<?> transaction) {
        this.call = call;
        this.resultId = resultId;
        this.transaction = transaction;
    }

    @Override
    public Caller caller() {
        return call.caller();
    }

    @Override
    public P payload() {
        return call.payload();
    }

    @Override
    public UUID resultId() {
        return resultId;
    }

    @Override
    public UUID derivedId(String name) {
        return Names.derivedId(resultId, name);
    }

    @Override
    public Connection connection() {
        return transaction.guardedConnection();
    }

    @Override
    public void emit(String type, String orderingKey, Object payload) {
        if (!call.operation().events().contains(type)) {
            throw new IllegalArgumentException(
                    "operation " + call.operation().name() + " does not declare that it emits " + type);
        }
        transaction.emit(call, resultId, type, orderingKey, payload);
    }

    @Override
    public <P2, R2> Outcome<R2> nested(Operation<P2, R2> operation, String name, P2 payload) {
        return transaction.nested(new Call<>(
                operation,
                call.caller(),
                call.key().child(operation.name() + ':' + name),
                payload,
                Fingerprint.of(operation.name(), Map.of(), transaction.canonical(payload)),
                Map.of(),
                transaction.handler(operation)));
    }
}
