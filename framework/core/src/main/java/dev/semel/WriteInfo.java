package dev.semel;

/**
 * Identifies a write in logs and metrics. Holds no payload and no key.
 *
 * @param caller who asked
 * @param operation the operation
 * @param resourceId the resource that is written: the path variable {@code id}, else the result id
 */
public record WriteInfo(Caller caller, Operation<?, ?> operation, String resourceId) {}
