package dev.semel.internal;

import dev.semel.HandlerFailedException;

/** Carries checked exceptions through methods that declare none. */
public final class Failures {
    private Failures() {}

    public static RuntimeException unchecked(Exception failure) {
        return failure instanceof RuntimeException runtime ? runtime : new HandlerFailedException(failure);
    }
}
