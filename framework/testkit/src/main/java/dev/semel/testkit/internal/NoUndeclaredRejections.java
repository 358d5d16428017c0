package dev.semel.testkit.internal;

import dev.semel.Operation;
import dev.semel.RejectedException;
import dev.semel.UndeclaredRejections;

/** Wherever the test kit is on the class path, a rejection that its operation does not declare is a failure and no rejection. */
public final class NoUndeclaredRejections implements UndeclaredRejections {
    @Override
    public void found(Operation<?, ?> operation, RejectedException rejection) {
        throw new AssertionError(
                operation.name() + " refuses with " + rejection.code()
                        + " and does not declare it: add .rejects(Reason." + rejection.reason() + ", \""
                        + rejection.code() + "\")",
                rejection);
    }
}
