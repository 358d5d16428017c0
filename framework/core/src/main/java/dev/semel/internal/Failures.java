package dev.semel.internal;

import dev.semel.HandlerFailedException;

/** Carries checked exceptions through methods that declare none. */
final class Failures {
    private Failures() {}

    static RuntimeException unchecked(Exception failure) {
        return failure instanceof RuntimeException runtime ? runtime : new HandlerFailedException(failure);
    }
}
