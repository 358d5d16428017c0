package dev.semel.server.operations;

import dev.semel.RejectedException;
import dev.semel.outbox.Outbox;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a delivery, {@code EVENT:SINK}, or with {@code EVENT} alone all deliveries of an event. Immutable.
 *
 * @param sinkName null for all
 */
record DeliveryId(UUID eventId, @Nullable String sinkName) {
    private static final Pattern SHAPE =
            Pattern.compile("([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?::([a-z0-9-]{1,64}))?");

    /** @throws RejectedException if it is none: what is none names nothing */
    static DeliveryId parse(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw notFound();
        }
        return new DeliveryId(UUID.fromString(parts.group(1)), parts.group(2));
    }

    static DeliveryId of(Outbox.Pending pending) {
        return new DeliveryId(pending.eventId(), pending.sinkName().isEmpty() ? null : pending.sinkName());
    }

    static RejectedException notFound() {
        return RejectedException.notFound("There is no such event in the outbox: unknown, or done.");
    }

    boolean covers(Outbox.Pending pending) {
        return sinkName == null || sinkName.equals(pending.sinkName());
    }

    @Override
    public String toString() {
        return sinkName == null ? eventId.toString() : eventId + ":" + sinkName;
    }
}
