package dev.semel.internal;

import dev.semel.HandlerFailedException;

/** Carries checked exceptions through methods that declare none. */
public final class Failures {
    private Failures() {}

    /** @throws Error if it is one */
    static RuntimeException uncheckedOrError(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof Exception exception ? unchecked(exception) : new IllegalStateException(failure);
    }

    public static RuntimeException unchecked(Exception failure) {
        return failure instanceof RuntimeException runtime ? runtime : new HandlerFailedException(failure);
    }
}
