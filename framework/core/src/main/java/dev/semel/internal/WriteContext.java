package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Snapshot;
import dev.semel.Write;
import dev.semel.failpoint.Failpoint;
import dev.semel.outbox.OutboxEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** The write that a handler sees. */
final class WriteContext<P> implements Write<P> {
    private static final byte[] EMPTY = {'{', '}'};

    private final Call<P, ?> call;
    private final Work work;
    private final UUID resultId;
    private int emitted;

    WriteContext(Call<P, ?> call, UUID resultId, Work work) {
        this.call = call;
        this.resultId = resultId;
        this.work = work;
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
        return work.guardedConnection();
    }

    @Override
    public void emit(String type, String orderingKey, Object payload) {
        if (!call.operation().events().contains(type)) {
            throw new IllegalArgumentException("operation " + call.operation().name()
                    + " does not declare that it emits " + type + ": add .emits(\"" + type + "\")");
        }
        emitAny(type, orderingKey, work.json(payload));
    }

    private void emitAny(String type, String orderingKey, byte[] payload) {
        UUID eventId = Names.derivedId(resultId, "event:" + emitted);
        work.add(new EventRow(
                new EventRow.Origin(call.caller().requestId(), call.operation().name(), emitted),
                eventId,
                Names.orderingKey(orderingKey),
                type,
                payload));
        emitted++;
    }

    /** What every executed write emits: what starts its workflow, and at least one event, by which it is counted. */
    void end(Snapshot snapshot) {
        String orderingKey = resultId.toString();
        String workflow = call.operation().workflow();
        if (workflow != null) {
            emitAny(OutboxEvent.WORKFLOW_PREFIX + workflow, orderingKey, snapshot.body());
        }
        if (emitted == 0) {
            emitAny(OutboxEvent.EXECUTED, orderingKey, EMPTY);
        }
    }

    @Override
    public void reach(Failpoint failpoint) throws SQLException {
        work.reach(failpoint);
    }

    @Override
    public <P2, R2> Outcome<R2> nested(Operation<P2, R2> operation, String name, P2 payload) {
        return work.nested(new Call<>(
                operation,
                call.caller(),
                call.key().child(operation.name() + ':' + name),
                payload,
                Fingerprint.of(operation.name(), Map.of(), work.canonical(operation, payload)),
                Map.of(),
                work.handler(operation)));
    }
}
