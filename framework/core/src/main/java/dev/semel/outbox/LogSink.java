package dev.semel.outbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that an event has left, as a JSON line on the logger {@code semel.events} at INFO: what happened, to whom, by which
 * request, never the payload or the ordering key, which may hold personal data. For development, and where a log pipeline is
 * what reads the events. Thread-safe.
 */
public final class LogSink implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger("semel.events");

    /** A log sink; all write to the one logger. */
    public LogSink() {}

    @Override
    public void deliver(OutboxEvent event) {
        LOG.info(
                "{\"event\":\"{}\",\"eventId\":\"{}\",\"tenantId\":\"{}\",\"operation\":\"{}\",\"reqId\":\"{}\",\"number\":{},"
                        + "\"createdAt\":\"{}\"}",
                event.type(),
                event.id(),
                event.tenant(),
                event.operation(),
                event.requestId(),
                event.number(),
                event.createdAt());
    }
}
