package dev.semel;

/**
 * One of several calls of an operation.
 *
 * @param key of this call
 * @param payload what is asked for
 * @param <P> the operation's payload type
 */
public record KeyedPayload<P>(Key key, P payload) {}
