package dev.semel.spring.internal;

/**
 * A body that was taken.
 *
 * @param payload what the handler is given
 * @param canonical what the fingerprint is over
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReceivedBody<P>(P payload, byte[] canonical) {}
