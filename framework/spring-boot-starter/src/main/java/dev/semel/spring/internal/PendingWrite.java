package dev.semel.spring.internal;

import dev.semel.Caller;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Write;
import dev.semel.failpoint.Failpoint;
import java.sql.Connection;
import java.util.UUID;

/** Stands for the write while a gated method's other arguments are resolved, before there is a transaction. */
enum PendingWrite implements Write<Object> {
    INSTANCE;

    @Override
    public Caller caller() {
        throw notStarted();
    }

    @Override
    public Object payload() {
        throw notStarted();
    }

    @Override
    public UUID resultId() {
        throw notStarted();
    }

    @Override
    public UUID derivedId(String name) {
        throw notStarted();
    }

    @Override
    public Connection connection() {
        throw notStarted();
    }

    @Override
    public void emit(String type, String orderingKey, Object payload) {
        throw notStarted();
    }

    @Override
    public void reach(Failpoint failpoint) {
        throw notStarted();
    }

    @Override
    public <P2, R2> Outcome<R2> nested(Operation<P2, R2> operation, String name, P2 payload) {
        throw notStarted();
    }

    private static IllegalStateException notStarted() {
        return new IllegalStateException("the write has not started");
    }
}
